package org.storedb.benchmark.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.workload.Phase;
import org.storedb.benchmark.workload.PhaseRun;
import org.storedb.benchmark.workload.Row;
import org.storedb.benchmark.workload.WorkloadSettings;

/** One phase of one engine in a process of its own: both ends of the conversation. */
public final class EngineProcess {

    /** Name of the command that the child process is started with. */
    public static final String COMMAND = "engine";

    private static final String RESULT = "RESULT ";
    private static final Set<String> OPTIONS =
            Set.of("engine", "phase", "directory", "entries", "seconds", "fill-seconds", "rows");

    private EngineProcess() {}

    /** What the child process does. */
    public static void run(String[] arguments) {
        CommandOptions options = CommandOptions.parse(arguments, OPTIONS);
        WorkloadSettings settings = new WorkloadSettings(
                EngineKind.of(options.text("engine", "")),
                Path.of(options.text("directory", "")),
                options.positiveLong("entries", 1),
                options.positive("seconds", 1),
                options.positive("fill-seconds", 1),
                options.list("rows").stream().map(Row::of).collect(Collectors.toSet()));
        Phase phase = Phase.valueOf(options.text("phase", ""));
        int status = 0;
        try {
            new PhaseRun(settings, (row, figure) -> System.out.println(RESULT + row.id() + " " + figure)).run(phase);
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            status = 1;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status); // No shutdown hook may tidy up behind a killed engine.
    }

    /** The command that starts the child process. */
    static List<String> command(WorkloadSettings settings, Phase phase, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(settings.engine().jvmOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("org.storedb.benchmark.Benchmarks", COMMAND));
        command.addAll(List.of("--engine", settings.engine().id()));
        command.addAll(List.of("--phase", phase.name()));
        command.addAll(List.of("--directory", settings.directory().toString()));
        command.addAll(List.of("--entries", Long.toString(settings.entries())));
        command.addAll(List.of("--seconds", Double.toString(settings.seconds())));
        command.addAll(List.of("--fill-seconds", Double.toString(settings.fillSeconds())));
        command.addAll(List.of("--rows", settings.rows().stream().map(Row::id).collect(Collectors.joining(","))));
        return command;
    }

    /** The figure in a line of the child's output, or {@code null} if it is something else. */
    static @Nullable Figure parse(String line) {
        if (!line.startsWith(RESULT)) {
            return null;
        }
        String[] words = line.split(" ", 3);
        return new Figure(Row.of(words[1]), Double.parseDouble(words[2]));
    }

    /** A measured figure. */
    record Figure(Row row, double value) {}
}
