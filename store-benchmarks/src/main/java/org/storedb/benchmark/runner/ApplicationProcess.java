package org.storedb.benchmark.runner;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.storedb.benchmark.repository.ApplicationKind;
import org.storedb.benchmark.repository.RepositoryPhase;
import org.storedb.benchmark.repository.RepositoryRow;
import org.storedb.benchmark.repository.RepositoryRun;
import org.storedb.benchmark.repository.RepositorySettings;
import org.storedb.benchmark.workload.Clock;

/** One phase of one application in its own process. */
public final class ApplicationProcess {

    /** Name of the command that starts the child process. */
    public static final String COMMAND = "application";

    private static final Set<String> OPTIONS =
            Set.of("application", "phase", "directory", "customers", "warm-up", "seconds", "clock", "rows");

    private ApplicationProcess() {}

    /** Runs the child process. */
    public static void run(String[] arguments) {
        CommandOptions options = CommandOptions.parse(arguments, OPTIONS);
        RepositorySettings settings = new RepositorySettings(
                ApplicationKind.of(options.text("application", "")),
                Path.of(options.text("directory", "")),
                options.positiveLong("customers", 1),
                options.positive("warm-up", 1),
                options.positive("seconds", 1),
                Clock.of(options.text("clock", "")),
                options.list("rows").stream().map(RepositoryRow::of).collect(Collectors.toSet()));
        RepositoryPhase phase = RepositoryPhase.valueOf(options.text("phase", ""));
        MeasuringProcess.measure(() ->
                new RepositoryRun(settings, (row, figure) -> MeasuringProcess.report(row.id(), figure)).run(phase));
    }

    /** Returns what to measure, as options for the command line of the child process. */
    static Map<String, String> options(RepositorySettings settings, RepositoryPhase phase) {
        return Map.of(
                "application", settings.application().id(),
                "phase", phase.name(),
                "directory", settings.directory().toString(),
                "customers", Long.toString(settings.customers()),
                "warm-up", Double.toString(settings.warmUpSeconds()),
                "seconds", Double.toString(settings.seconds()),
                "clock", settings.clock().id(),
                "rows", settings.rows().stream().map(RepositoryRow::id).collect(Collectors.joining(",")));
    }
}
