package org.storedb.benchmark.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.storedb.benchmark.Benchmarks;

/** A separate JVM that measures something and reports the figures: both ends of the protocol. */
final class MeasuringProcess {

    private static final String RESULT = "RESULT ";

    private final List<String> jvmOptions;

    MeasuringProcess(List<String> jvmOptions) {
        this.jvmOptions = jvmOptions;
    }

    /** Runs the child process: measures, and halts as if it were killed, with status 1 if the work failed. */
    static void measure(Runnable work) {
        int status = 0;
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            status = 1;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status); // No shutdown hook may clean up after a killed engine.
    }

    /** Reports a figure to the parent process. */
    static void report(String row, double figure) {
        System.out.println(RESULT + row + " " + figure);
    }

    /**
     * Starts a child process with a command of {@link Benchmarks} and waits for its end. Its output other than figures
     * is shown if it fails.
     *
     * @param options the options of the command, by their names
     * @param figures receives the figures of rows as they are measured
     * @return the exit status of the process
     */
    int run(String command, Map<String, String> options, FigureConsumer figures) throws IOException {
        StolenTime time = new StolenTime();
        Process process = new ProcessBuilder(commandLine(command, options))
                .redirectErrorStream(true)
                .start();
        List<String> otherLines = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(RESULT)) {
                    String[] words = line.split(" ", 3);
                    figures.accept(words[1], Double.parseDouble(words[2]), time.share());
                } else {
                    otherLines.add(line);
                }
            }
        }
        int status = exitStatus(process);
        if (status != 0) {
            otherLines.forEach(System.err::println);
        }
        return status;
    }

    private List<String> commandLine(String command, Map<String, String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), command));
        options.forEach((name, value) -> words.addAll(List.of("--" + name, value)));
        return words;
    }

    private static int exitStatus(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while something was measured", e);
        }
    }

    /** Receiver of figures as they are measured. */
    @FunctionalInterface
    interface FigureConsumer {

        /** Accepts the figure of a row, and the share of processor time stolen since the previous one, 0 to 1. */
        void accept(String row, double figure, double stolenShare);
    }
}
