package org.storedb.testing;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storedb.Store;

/**
 * Compiles and runs the Java examples of a guide, one after the other, with a {@code store} in memory and a {@code folder}.
 * A line {@code expression; // → text} claims that the expression, as text, is this; each claim must come to be checked.
 * An example in a block {@code java continues} has the variables of the one before.
 */
public final class JavaGuide {

    private static final Pattern BLOCK = Pattern.compile("```java( continues)?\\n(.*?)\\n *```", Pattern.DOTALL);
    private static final Pattern CLAIM = Pattern.compile("(?m)^(\\s*)(\\S.*); +// → (.*)$");
    private static final List<String> IMPORTS = List.of(
            "com.fasterxml.jackson.annotation.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.atomic.*",
            "org.storedb.*",
            "org.storedb.document.*",
            "org.storedb.error.*",
            "org.storedb.feed.*",
            "org.storedb.index.*",
            "org.storedb.maintenance.*",
            "org.storedb.migration.*",
            "org.storedb.query.*",
            "org.storedb.query.text.*",
            "org.storedb.transfer.*",
            "org.storedb.validation.*",
            "org.storedb.view.*");

    private final Path guide;

    /** The guide of this name in the project's folder of documents. */
    public JavaGuide(String name) {
        this.guide = Path.of("..", "docs", name);
    }

    /** Runs all examples; returns how many there were. */
    public int run(Path folder) throws IOException {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(guide)).results().toList();
        List<String> examples = examples(blocks);
        int claims = claims(examples);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(source(examples), classes);
        Path files = Files.createDirectory(folder.resolve("files"));
        try (Store store = Store.openInMemory();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()}, JavaGuide.class.getClassLoader())) {
            Class<?> compiled = loader.loadClass("Guide");
            for (int number = 0; number < examples.size(); number++) {
                compiled.getMethod("example" + number, Store.class, Path.class).invoke(null, store, files);
            }
            assertThat((Set<?>) compiled.getField("CHECKED").get(null))
                    .as("claims that were checked")
                    .hasSize(claims);
        } catch (InvocationTargetException e) {
            throw new AssertionError("An example of " + guide + " fails: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return blocks.size();
    }

    private static List<String> examples(List<MatchResult> blocks) {
        List<String> examples = new ArrayList<>();
        for (MatchResult block : blocks) {
            if (block.group(1) == null) {
                examples.add(block.group(2));
            } else {
                int last = examples.size() - 1;
                examples.set(last, examples.get(last) + "\n" + block.group(2));
            }
        }
        return examples;
    }

    private static int claims(List<String> examples) {
        return examples.stream()
                .mapToInt(example -> (int) CLAIM.matcher(example).results().count())
                .sum();
    }

    private static String source(List<String> examples) {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Guide {\n");
        for (int number = 0; number < examples.size(); number++) {
            int example = number;
            String body = CLAIM.matcher(examples.get(number)).replaceAll(claim -> check(claim, example));
            source.append("public static void example")
                    .append(number)
                    .append("(Store store, Path folder) throws Exception {\n")
                    .append(body)
                    .append("\n}\n");
        }
        return source.append("""
                public static final Set<String> CHECKED = new HashSet<>();
                private static void check(String claim, Object actual, String expected) {
                    CHECKED.add(claim);
                    if (!String.valueOf(actual).equals(expected)) {
                        throw new AssertionError("it is " + actual + ", not " + expected);
                    }
                }
                }
                """).toString();
    }

    private static String check(MatchResult claim, int example) {
        String number = "\"" + example + " " + claim.start() + "\", ";
        String expected = claim.group(3).replace("\\", "\\\\").replace("\"", "\\\"");
        return Matcher.quoteReplacement(
                claim.group(1) + "check(" + number + claim.group(2) + ", \"" + expected + "\");");
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
