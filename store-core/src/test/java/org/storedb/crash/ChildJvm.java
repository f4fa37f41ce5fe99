package org.storedb.crash;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Starts another JVM with the classes of this one. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Runs the main method of a class; what it prints goes to {@code output}. */
    public static Process start(Class<?> main, Path output, String... arguments) throws IOException {
        return start(List.of(), main, output, arguments);
    }

    /** The same, by a command that runs the one that is added to it, as {@code strace} does. */
    public static Process start(List<String> runner, Class<?> main, Path output, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(runner);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** The classes of this module, its tests and all that they use. */
    static String classPath() {
        try {
            Path testClasses = Path.of(Objects.requireNonNull(ChildJvm.class.getResource("ChildJvm.class"))
                    .toURI());
            for (int i = 0; i < ChildJvm.class.getName().split("\\.").length; i++) {
                testClasses = Objects.requireNonNull(testClasses.getParent());
            }
            return String.join(
                    File.pathSeparator,
                    testClasses.toString(),
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path", ""));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
