package org.storedb.benchmark.runner;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.workload.Phase;
import org.storedb.benchmark.workload.PhaseRun;
import org.storedb.benchmark.workload.Row;
import org.storedb.benchmark.workload.WorkloadSettings;

/** One phase of one engine in its own process. */
public final class EngineProcess {

    /** Name of the command that starts the child process. */
    public static final String COMMAND = "engine";

    private static final Set<String> OPTIONS =
            Set.of("engine", "phase", "directory", "entries", "warm-up", "seconds", "fill-seconds", "rows");

    private EngineProcess() {}

    /** Runs the child process. */
    public static void run(String[] arguments) {
        CommandOptions options = CommandOptions.parse(arguments, OPTIONS);
        WorkloadSettings settings = new WorkloadSettings(
                EngineKind.of(options.text("engine", "")),
                Path.of(options.text("directory", "")),
                options.positiveLong("entries", 1),
                options.positive("warm-up", 1),
                options.positive("seconds", 1),
                options.positive("fill-seconds", 1),
                options.list("rows").stream().map(Row::of).collect(Collectors.toSet()));
        Phase phase = Phase.valueOf(options.text("phase", ""));
        MeasuringProcess.measure(() ->
                new PhaseRun(settings, (row, figure) -> MeasuringProcess.report(row.id(), figure)).run(phase));
    }

    /** Returns what to measure, as options for the command line of the child process. */
    static Map<String, String> options(WorkloadSettings settings, Phase phase) {
        return Map.of(
                "engine", settings.engine().id(),
                "phase", phase.name(),
                "directory", settings.directory().toString(),
                "entries", Long.toString(settings.entries()),
                "warm-up", Double.toString(settings.warmUpSeconds()),
                "seconds", Double.toString(settings.seconds()),
                "fill-seconds", Double.toString(settings.fillSeconds()),
                "rows", settings.rows().stream().map(Row::id).collect(Collectors.joining(",")));
    }
}
