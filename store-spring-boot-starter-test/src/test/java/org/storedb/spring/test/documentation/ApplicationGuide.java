package org.storedb.spring.test.documentation;

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
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * The examples of a guide as one application. Its blocks {@code java} declare the types of the application; its blocks
 * {@code java run} are run one after the other, with the beans that are given to them as variables. A line
 * {@code expression; // → text} claims that the expression, as text, is this; each claim must come to be checked. Blocks
 * with another name behind {@code java} are left out.
 */
final class ApplicationGuide implements AutoCloseable {

    static final String PACKAGE = "guide";

    private static final Pattern BLOCK = Pattern.compile("```java( \\w+)?\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern CLAIM = Pattern.compile("(?m)^([ ]*)(\\S.*); +// → (.*)$");

    private final List<String> examples;
    private final int claims;
    private final URLClassLoader classes;

    /**
     * Compiles the examples.
     *
     * @param imports of every type that the guide uses without saying where it is from
     * @param variables of the examples: declarations that take beans from a {@code context}, or use a {@code folder}
     */
    ApplicationGuide(Path guide, Path folder, List<String> imports, List<String> variables) throws IOException {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(guide)).results().toList();
        this.examples = of(blocks, " run");
        this.claims = examples.stream()
                .mapToInt(example -> (int) CLAIM.matcher(example).results().count())
                .sum();
        String head = "package " + PACKAGE + ";\n"
                + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
        compile(
                folder,
                head + "@org.springframework.boot.autoconfigure.SpringBootApplication\nclass GuideApplication {}\n"
                        + String.join("\n", of(blocks, null)),
                head + runner(variables));
        this.classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    ClassLoader classes() {
        return classes;
    }

    int exampleCount() {
        return examples.size();
    }

    Class<?> type(String simpleName) throws ClassNotFoundException {
        return Class.forName(PACKAGE + "." + simpleName, true, classes);
    }

    /** Runs the examples with the beans of an application. */
    void run(ApplicationContext context, Path folder) throws ReflectiveOperationException {
        Class<?> runner = type("Examples");
        for (int number = 0; number < examples.size(); number++) {
            try {
                runner.getMethod("example" + number, ApplicationContext.class, Path.class)
                        .invoke(null, context, folder);
            } catch (InvocationTargetException e) {
                throw new AssertionError(
                        "This example fails: " + e.getCause() + "\n" + examples.get(number), e.getCause());
            }
        }
        assertThat((Set<?>) runner.getField("CHECKED").get(null))
                .as("claims that were checked")
                .hasSize(claims);
    }

    private static List<String> of(List<MatchResult> blocks, @Nullable String kind) {
        return blocks.stream()
                .filter(block -> Objects.equals(block.group(1), kind))
                .map(block -> block.group(2))
                .toList();
    }

    private String runner(List<String> variables) {
        StringBuilder source = new StringBuilder("public class Examples {\n");
        for (int number = 0; number < examples.size(); number++) {
            int example = number;
            source.append("public static void example")
                    .append(number)
                    .append("(ApplicationContext context, Path folder) throws Exception {\n");
            variables.forEach(variable -> source.append(variable).append(";\n"));
            source.append(CLAIM.matcher(examples.get(number)).replaceAll(claim -> check(claim, example)))
                    .append("\n}\n");
        }
        return source.append("""
                public static final java.util.Set<String> CHECKED = new java.util.HashSet<>();
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
        String expected = claim.group(3).replace("\\", "\\\\").replace("\"", "\\\"");
        return Matcher.quoteReplacement("%scheck(\"%d %d\", %s, \"%s\");"
                .formatted(claim.group(1), example, claim.start(), claim.group(2), expected));
    }

    private static void compile(Path folder, String declarations, String examples) throws IOException {
        Path types = Files.writeString(folder.resolve("Declarations.java"), declarations);
        Path runner = Files.writeString(folder.resolve("Examples.java"), examples);
        String path = Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator));
        StringWriter messages = new StringWriter();
        PrintWriter output = new PrintWriter(messages);
        List<String> arguments = List.of("-classpath", path, "-parameters", "-proc:none", "-d", folder.toString());
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        output,
                        output,
                        Stream.concat(arguments.stream(), Stream.of(types.toString(), runner.toString()))
                                .toArray(String[]::new));
        assertThat(result).as("%s", messages).isZero();
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
