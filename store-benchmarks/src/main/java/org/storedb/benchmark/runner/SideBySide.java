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
import org.storedb.benchmark.engine.Capability;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.report.Comparison;
import org.storedb.benchmark.report.Contender;
import org.storedb.benchmark.report.Report;
import org.storedb.benchmark.report.Results;
import org.storedb.benchmark.workload.DirectoryFiles;
import org.storedb.benchmark.workload.Phase;
import org.storedb.benchmark.workload.Row;
import org.storedb.benchmark.workload.WorkloadSettings;

/** Command that runs every engine through every phase, each in a fresh process, and reports. */
public final class SideBySide {

    /**
     * The heap's pages are touched in advance: otherwise the first write to each pays for it, which dominates a short
     * row.
     */
    private static final String DEFAULT_JVM_OPTIONS = "-Xms4g,-Xmx4g,-XX:+UseG1GC,-XX:+AlwaysPreTouch";

    /** The options, to show to the user. */
    public static final String OPTIONS = """
            Options of side-by-side:
              --engines a,b     %s (default: all)
              --rows a,b        %s (default: all)
              --entries n       entries in the store (default: 1000000)
              --seconds n       measuring time of each row (default: 3)
              --warm-up n       maximum warm-up time of each row, until the JVM's compilers are done (default: 60)
              --fill-seconds n  maximum time for single puts while filling (default: 10)
              --rounds n        number of rounds; the median counts (default: 1)
              --directory path  where the engines keep their files (default: benchmark-data)
              --output path     where table and data are written (default: benchmark-results)
              --jvm a,b         options of the engines' JVMs (default: %s)
            %s""".formatted(
                    Arrays.stream(EngineKind.values()).map(EngineKind::id).collect(Collectors.joining(",")),
                    Arrays.stream(Row.values()).map(Row::id).collect(Collectors.joining(",")),
                    DEFAULT_JVM_OPTIONS,
                    QuietMachine.OPTION_TEXT);

    private static final Set<String> OPTION_NAMES = Set.of(
            "engines",
            "rows",
            "entries",
            "seconds",
            "warm-up",
            "fill-seconds",
            "rounds",
            "directory",
            "output",
            "jvm",
            QuietMachine.OPTION);

    /** Phases that use the same files, one after the other; the others begin with an empty directory. */
    private static final Set<Phase> FILLED = EnumSet.of(Phase.FILL, Phase.REOPEN, Phase.READ, Phase.WRITE);

    private static final int ENTRY_BYTES = 116;

    private static final double WARM_UP_SECONDS = 60;

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison("StoreDB ÷ best ordered peer", EngineKind.STOREDB, SideBySide::isOrderedPeer, true),
            new Comparison(
                    "StoreDB ÷ ConcurrentHashMap", EngineKind.STOREDB, peer -> peer == EngineKind.HASH_MAP, false));

    private final CommandOptions options;
    private final Path directory;
    private final List<String> jvmOptions;
    private final QuietMachine quietMachine;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();

    private SideBySide(CommandOptions options) {
        this.options = options;
        this.directory = Path.of(options.text("directory", "benchmark-data")).toAbsolutePath();
        this.quietMachine = QuietMachine.of(options);
        this.jvmOptions = Arrays.asList(options.text("jvm", DEFAULT_JVM_OPTIONS).split(","));
    }

    /** Runs the command with these arguments. */
    public static void run(String[] arguments) throws IOException {
        new SideBySide(CommandOptions.parse(arguments, OPTION_NAMES)).run();
    }

    private void run() throws IOException {
        List<EngineKind> engines = options.chosen("engines", EngineKind.values(), EngineKind::of);
        List<Row> rows = options.chosen("rows", Row.values(), Row::of);
        Files.createDirectories(directory);
        Path output = Path.of(options.text("output", "benchmark-results"));
        Report report = new Report(runInfo(), List.of(Row.values()), COMPARISONS, results, failures);
        for (int round = 0; round < options.positiveLong("rounds", 1); round++) {
            for (EngineKind engine : engines) {
                Set<Row> fitting = EnumSet.copyOf(rows);
                fitting.removeIf(row -> !row.fits(engine));
                quietMachine.measure(engine, fitting, round + 1, results, left -> run(engine, left));
                report.write(output);
            }
        }
        System.out.println(report.markdown());
        System.out.println("Written to " + output.toAbsolutePath());
    }

    private static boolean isOrderedPeer(Contender contender) {
        return contender instanceof EngineKind engine
                && engine != EngineKind.STOREDB
                && engine.can(Capability.ORDERED)
                && engine.can(Capability.DURABLE);
    }

    private Map<String, String> runInfo() {
        Map<String, String> info = MachineInfo.collect(directory);
        info.put("entries", Long.toString(options.positiveLong("entries", 1_000_000)));
        info.put("seconds a row", Double.toString(options.positive("seconds", 3)));
        info.put("most seconds to warm up a row", Double.toString(options.positive("warm-up", WARM_UP_SECONDS)));
        info.put("rounds", Long.toString(options.positiveLong("rounds", 1)));
        info.put("most processor time taken by the host, %", Double.toString(quietMachine.maxStolenPercent()));
        info.put("options of the JVM", String.join(" ", jvmOptions));
        return info;
    }

    private void run(EngineKind engine, Set<Row> rows) throws IOException {
        Path home = directory.resolve(engine.id());
        DirectoryFiles.delete(home);
        for (Phase phase : Phase.values()) {
            if (isNeeded(engine, phase, rows)) {
                quietMachine.await();
                run(engine, phase, rows, home);
            }
        }
        DirectoryFiles.delete(home);
    }

    /** Returns whether a phase is needed for its rows, or for the files that it leaves to a later one. */
    private static boolean isNeeded(EngineKind engine, Phase phase, Set<Row> rows) {
        boolean leavesFiles = engine.can(Capability.FILES) && engine.can(Capability.READS);
        boolean neededLater = leavesFiles
                && rows.stream()
                        .anyMatch(row ->
                                row.phase() == Phase.READ || row.phase() == Phase.WRITE || row.phase() == Phase.REOPEN);
        return switch (phase) {
            case FILL, REOPEN -> neededLater || rows.stream().anyMatch(row -> row.phase() == phase);
            default -> rows.stream().anyMatch(row -> row.phase() == phase);
        };
    }

    private void run(EngineKind engine, Phase phase, Set<Row> rows, Path home) throws IOException {
        Path files = home.resolve(FILLED.contains(phase) ? "filled" : phase.name());
        Files.createDirectories(files);
        System.out.printf("%-16s %-8s ", engine.id(), phase);
        long start = System.nanoTime();
        WorkloadSettings settings = new WorkloadSettings(
                engine,
                files,
                options.positiveLong("entries", 1_000_000),
                options.positive("warm-up", WARM_UP_SECONDS),
                options.positive("seconds", 3),
                options.positive("fill-seconds", 10),
                rows);
        measure(settings, phase);
        if (phase == Phase.REOPEN && rows.contains(Row.DISK)) {
            results.add(
                    engine,
                    Row.DISK,
                    (double) DirectoryFiles.bytesAllocated(files) / (settings.entries() * ENTRY_BYTES),
                    false);
        }
        System.out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private void measure(WorkloadSettings settings, Phase phase) throws IOException {
        EngineKind engine = settings.engine();
        List<String> childOptions = new ArrayList<>(jvmOptions);
        childOptions.addAll(engine.jvmOptions());
        int status = new MeasuringProcess(childOptions)
                .run(
                        EngineProcess.COMMAND,
                        EngineProcess.options(settings, phase),
                        (row, figure, stolenShare) ->
                                results.add(engine, Row.of(row), figure, quietMachine.isDisturbedBy(stolenShare)));
        if (status != 0) {
            failures.add(engine.title() + ", phase " + phase + ", ended with status " + status);
        }
    }
}
