package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Store;

/**
 * Compiles and runs the examples of docs/SEARCH.md, one after the other, with a {@code store} in memory and a {@code folder}.
 * A line {@code expression; // → text} claims that the expression, as text, is this.
 */
class SearchGuideTests {

    private static final Path GUIDE = Path.of("..", "docs", "SEARCH.md");
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern CLAIM = Pattern.compile("(?m)^(\\s*)(\\S.*); +// → (.*)$");
    private static final List<String> IMPORTS = List.of(
            "java.util.*",
            "java.util.function.*",
            "org.storedb.*",
            "org.storedb.error.*",
            "org.storedb.query.*",
            "org.storedb.search.*",
            "org.storedb.search.TextSearch.*",
            "org.storedb.search.definition.*",
            "org.storedb.search.query.*");

    @TempDir
    private Path folder;

    @Test
    void examplesDoWhatTheGuideSays() throws IOException {
        List<String> examples = BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(examples).hasSize(7);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(source(examples), classes);
        try (Store store = Store.openInMemory();
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, SearchGuideTests.class.getClassLoader())) {
            loader.loadClass("Guide")
                    .getMethod("examples", Store.class, Path.class)
                    .invoke(null, store, folder);
        } catch (InvocationTargetException e) {
            throw new AssertionError("An example fails: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String source(List<String> examples) {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Guide {\n")
                .append("public static void examples(Store store, java.nio.file.Path folder) throws Exception {\n");
        examples.forEach(example -> source.append(CLAIM.matcher(example).replaceAll(SearchGuideTests::check))
                .append('\n'));
        return source.append("""
                }
                private static void check(Object actual, String expected) {
                    if (!String.valueOf(actual).equals(expected)) {
                        throw new AssertionError("it is " + actual + ", not " + expected);
                    }
                }
                }
                """).toString();
    }

    private static String check(MatchResult claim) {
        String expected = claim.group(3).replace("\\", "\\\\").replace("\"", "\\\"");
        return Matcher.quoteReplacement(claim.group(1) + "check(" + claim.group(2) + ", \"" + expected + "\");");
    }

    private static void compile(String source, Path classes) throws IOException {
        Path file = Files.writeString(classes.resolve("Guide.java"), source);
        String path = Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator));
        StringWriter messages = new StringWriter();
        PrintWriter output = new PrintWriter(messages);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(output, output, "-classpath", path, "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(result).as("%s", messages).isZero();
    }
}
