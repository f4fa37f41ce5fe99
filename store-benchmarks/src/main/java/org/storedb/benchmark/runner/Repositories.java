package org.storedb.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.storedb.benchmark.report.Comparison;
import org.storedb.benchmark.report.Report;
import org.storedb.benchmark.report.Results;
import org.storedb.benchmark.repository.ApplicationKind;
import org.storedb.benchmark.repository.RepositoryPhase;
import org.storedb.benchmark.repository.RepositoryRow;
import org.storedb.benchmark.repository.RepositorySettings;
import org.storedb.benchmark.workload.Clock;
import org.storedb.benchmark.workload.DirectoryFiles;

/**
 * Command that runs the application of every kind of repository through every phase, each in a fresh process, and
 * reports.
 */
public final class Repositories {

    /** Name of the command. */
    public static final String COMMAND = "repositories";

    private static final String DEFAULT_JVM_OPTIONS = "-Xms2g,-Xmx2g,-XX:+UseG1GC,-XX:+AlwaysPreTouch";

    /** The options, to show to the user. */
    public static final String OPTIONS = """
            Options of repositories:
              --engines a,b     %s (default: all)
              --rows a,b        %s (default: all)
              --customers n     customers to read (default: 100000)
              --seconds n       measuring time of each row, after a warm-up of at least the same time (default: 2)
              --warm-up n       maximum warm-up time of each row, until the JVM's compilers are done (default: 60)
              --clock c         wall, or processor: the processor time of the calling thread, for a machine with other
                                load; leaves out the rows of 2 threads and the synced ones (default: wall)
              --rounds n        number of rounds; the median counts (default: 1)
              --directory path  where the applications keep their files (default: benchmark-data)
              --output path     where table and data are written (default: benchmark-results/repositories)
              --jvm a,b         options of the applications' JVMs (default: %s)
            %s""".formatted(
            Arrays.stream(ApplicationKind.values()).map(ApplicationKind::id).collect(Collectors.joining(",")),
            Arrays.stream(RepositoryRow.values()).map(RepositoryRow::id).collect(Collectors.joining(",")),
            DEFAULT_JVM_OPTIONS,
            QuietMachine.OPTION_TEXT);

    private static final double WARM_UP_SECONDS = 60;

    private static final Set<String> OPTION_NAMES = Set.of(
            "engines",
            "rows",
            "customers",
            "seconds",
            "warm-up",
            "clock",
            "rounds",
            "directory",
            "output",
            "jvm",
            QuietMachine.OPTION);

    private static final List<Comparison> COMPARISONS = List.of(new Comparison(
            "StoreDB ÷ best durable peer",
            ApplicationKind.STOREDB,
            peer -> peer instanceof ApplicationKind kind && kind != ApplicationKind.STOREDB && kind.isDurable(),
            true));

    private final CommandOptions options;
    private final Path directory;
    private final List<String> jvmOptions;
    private final QuietMachine quietMachine;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();

    private Repositories(CommandOptions options) {
        this.options = options;
        this.directory = Path.of(options.text("directory", "benchmark-data")).toAbsolutePath();
        this.quietMachine = QuietMachine.of(options);
        this.jvmOptions = Arrays.asList(options.text("jvm", DEFAULT_JVM_OPTIONS).split(","));
    }

    /** Runs the command with these arguments. */
    public static void run(String[] arguments) throws IOException {
        new Repositories(CommandOptions.parse(arguments, OPTION_NAMES)).run();
    }

    private void run() throws IOException {
        List<ApplicationKind> applications = options.chosen("engines", ApplicationKind.values(), ApplicationKind::of);
        List<RepositoryRow> rows = options.chosen("rows", RepositoryRow.values(), RepositoryRow::of);
        Files.createDirectories(directory);
        Path output = Path.of(options.text("output", "benchmark-results/repositories"));
        Report report = new Report(runInfo(), List.of(RepositoryRow.values()), COMPARISONS, results, failures);
        for (int round = 0; round < options.positiveLong("rounds", 1); round++) {
            for (ApplicationKind application : applications) {
                Set<RepositoryRow> fitting = EnumSet.copyOf(rows);
                fitting.removeIf(row -> !row.fits(application, clock()));
                quietMachine.measure(application, fitting, round + 1, results, left -> run(application, left));
                report.write(output);
            }
        }
        System.out.println(report.markdown());
        System.out.println("Written to " + output.toAbsolutePath());
    }

    private Map<String, String> runInfo() {
        Map<String, String> info = MachineInfo.collect(directory);
        info.put("customers", Long.toString(options.positiveLong("customers", 100_000)));
        info.put("most seconds to warm up a row", Double.toString(options.positive("warm-up", WARM_UP_SECONDS)));
        info.put("seconds a row", Double.toString(options.positive("seconds", 2)));
        info.put("clock", clock().id());
        info.put("rounds", Long.toString(options.positiveLong("rounds", 1)));
        info.put("most processor time taken by the host, %", Double.toString(quietMachine.maxStolenPercent()));
        info.put("options of the JVM", String.join(" ", jvmOptions));
        return info;
    }

    private Clock clock() {
        return Clock.of(options.text("clock", Clock.WALL.id()));
    }

    private void run(ApplicationKind application, Set<RepositoryRow> rows) throws IOException {
        Path home = directory.resolve("repositories-" + application.id());
        DirectoryFiles.delete(home);
        Files.createDirectories(home);
        RepositorySettings settings = new RepositorySettings(
                application,
                home,
                options.positiveLong("customers", 100_000),
                options.positive("warm-up", WARM_UP_SECONDS),
                options.positive("seconds", 2),
                clock(),
                rows);
        for (RepositoryPhase phase : RepositoryPhase.values()) {
            if (rows.stream().anyMatch(row -> row.phase() == phase)) {
                quietMachine.await();
                measure(settings, phase);
            }
        }
        DirectoryFiles.delete(home);
    }

    private void measure(RepositorySettings settings, RepositoryPhase phase) throws IOException {
        ApplicationKind application = settings.application();
        System.out.printf("%-16s %-8s ", application.id(), phase);
        long start = System.nanoTime();
        int status = new MeasuringProcess(jvmOptions)
                .run(
                        ApplicationProcess.COMMAND,
                        ApplicationProcess.options(settings, phase),
                        (row, figure, stolenShare) -> results.add(
                                application, RepositoryRow.of(row), figure, quietMachine.isDisturbedBy(stolenShare)));
        if (status != 0) {
            failures.add(application.title() + ", phase " + phase + ", ended with status " + status);
        }
        System.out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
    }
}
