package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of the operating system that kill the process right before they happen, or fail, chosen one by one with {@code
 * strace}. A run without a fault tells which calls there are; it counts them as {@code strace} does, by thread and name.
 */
@Tag("system")
class StraceTests {

    private static final String CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,unlink,ftruncate";
    private static final List<String> FAILING =
            List.of("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate");
    private static final int BATCHES = 260;
    private static final int POINTS_OF_CALL = 8;

    @TempDir
    Path folder;

    private final long seed = CampaignSize.freshSeed();
    private final Random random = new Random(seed);
    private Path store = Path.of("");
    private Path template = Path.of("");
    private long before;

    /** The {@code number}th call of this name in a thread. */
    private record Point(String call, int number) {}

    @BeforeEach
    void traceable() throws InterruptedException {
        SystemRun.require(
                "kill points and errors need strace and the right to trace",
                "strace",
                "-f",
                "-e",
                "inject=rename:error=EIO:when=1",
                "true");
        store = folder.resolve("store");
        template = folder.resolve("template");
    }

    @Test
    void processKilledBeforeAnyCallLosesNothingAcknowledged() throws Exception {
        Map<String, Integer> exact = new TreeMap<>();
        int runs = 0;
        for (boolean killedBefore : new boolean[] {false, true}) {
            prepare(killedBefore);
            for (Point point : points(List.of(CALLS.split(",")), POINTS_OF_CALL)) {
                List<String> lines = run(point.call() + ":signal=KILL:when=" + point.number());
                runs++;
                if (killedAt(point)) {
                    exact.merge(point.call(), 1, Integer::sum);
                }
                judge(point + " from " + (killedBefore ? "a killed store" : "nothing"), lines);
            }
        }
        int hits = exact.values().stream().mapToInt(Integer::intValue).sum();
        CampaignSize.report(
                "Kill points by strace: %d runs with seed %d, %d killed before the call chosen, %s",
                runs, seed, hits, exact);
        assertThat(hits).isGreaterThanOrEqualTo(60);
    }

    @Test
    void callsThatFailLoseNothingAcknowledged() throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        int failed = 0;
        prepare(true);
        for (Point point : points(FAILING, 4)) {
            for (String error : List.of("EIO", "ENOSPC")) {
                List<String> lines = run(point.call() + ":error=" + error + ":when=" + point.number());
                String fault = point + " " + error;
                assertThat(lines)
                        .as(fault)
                        .contains(SystemTarget.END)
                        .noneMatch(line -> line.startsWith(SystemTarget.UNTYPED));
                failed += failedAt(point, error) ? 1 : 0;
                judge(fault, lines);
                outcomes.merge(error + " " + point.call() + " " + outcome(lines), 1, Integer::sum);
            }
        }
        int runs = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        CampaignSize.report(
                "Errors by strace: %d runs with seed %d, in %d a call of the store failed, %s",
                runs, seed, failed, outcomes);
        assertThat(failed).isGreaterThanOrEqualTo(30);
        assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.endsWith("stopped"));
    }

    private static String outcome(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.startsWith(SystemTarget.STOPPED))) {
            return "stopped";
        }
        if (lines.stream().anyMatch(line -> line.startsWith(SystemTarget.FULL))) {
            return "refused, went on";
        }
        return "went on";
    }

    /** From nothing, or from a store whose last process was killed. */
    private void prepare(boolean killed) throws Exception {
        before = 0;
        SystemRun.delete(template);
        Files.createDirectories(template);
        if (killed) {
            List<String> lines = run("fsync:signal=KILL:when=150");
            assertThat(lines).as("killed in the middle").doesNotContain(SystemTarget.END);
            before = SystemRun.acknowledged(lines, 0);
            assertThat(before).isPositive();
            SystemRun.copy(store, template);
        }
    }

    private void judge(String fault, List<String> lines) {
        try {
            // One batch of the killed process before, one of this one.
            SystemRun.judge(store, SystemRun.acknowledged(lines, before), 2);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    fault + ", the target said " + lines.subList(Math.max(0, lines.size() - 5), lines.size()), e);
        }
    }

    /** Runs the target with a fault, in a copy of the template. */
    private List<String> run(String fault) throws Exception {
        return target(List.of("-e", "trace=" + CALLS, "-e", "inject=" + fault));
    }

    private List<String> target(List<String> what) throws Exception {
        SystemRun.delete(store);
        SystemRun.delete(folder.resolve("traces"));
        Files.createDirectories(folder.resolve("traces"));
        SystemRun.copy(template, store);
        Path output = folder.resolve("output");
        Files.deleteIfExists(output);
        List<String> strace = new ArrayList<>(List.of("strace", "-ff", "-qq", "-y", "-s", "0"));
        strace.addAll(List.of("-o", folder.resolve("traces").resolve("thread").toString()));
        strace.addAll(what);
        Process process =
                ChildJvm.start(strace, SystemTarget.class, output, store.toString(), Integer.toString(BATCHES));
        SystemRun.await(process);
        return SystemRun.lines(output);
    }

    /** For each kind of call, so many of those that concern the store, or all if there are fewer. */
    private List<Point> points(List<String> calls, int most) throws Exception {
        List<String> lines = target(List.of("-e", "trace=" + CALLS));
        assertThat(lines).last().isEqualTo(SystemTarget.END);
        Map<String, TreeSet<Integer>> numbers = new TreeMap<>();
        for (List<String> thread : traces()) {
            Map<String, Integer> count = new HashMap<>();
            for (String line : thread) {
                String call = line.substring(0, Math.max(0, line.indexOf('(')));
                int number = count.merge(call, 1, Integer::sum);
                if (calls.contains(call) && ofStore(line)) {
                    numbers.computeIfAbsent(call, none -> new TreeSet<>()).add(number);
                }
            }
        }
        List<Point> points = new ArrayList<>();
        numbers.forEach((call, all) ->
                spread(new ArrayList<>(all), most).forEach(number -> points.add(new Point(call, number))));
        return points;
    }

    /** One at random of each of so many parts of the list. */
    private List<Integer> spread(List<Integer> all, int parts) {
        List<Integer> chosen = new ArrayList<>();
        int count = Math.min(parts, all.size());
        for (int i = 0; i < count; i++) {
            int from = i * all.size() / count;
            int to = (i + 1) * all.size() / count;
            chosen.add(all.get(from + random.nextInt(to - from)));
        }
        return chosen;
    }

    /** Whether a thread of the target was killed as it was about to make this call. */
    private boolean killedAt(Point point) throws IOException {
        for (List<String> thread : traces()) {
            List<String> calls = thread.stream()
                    .filter(line -> line.startsWith(point.call() + "("))
                    .toList();
            if (calls.size() == point.number()
                    && ofStore(calls.get(calls.size() - 1))
                    && !calls.get(calls.size() - 1).matches(".* = \\d+.*")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call of this name that concerns the store did fail. */
    private boolean failedAt(Point point, String error) throws IOException {
        return traces().stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.startsWith(point.call() + "(")
                        && ofStore(line)
                        && line.contains("= -1 " + error + " ")
                        && line.endsWith("(INJECTED)"));
    }

    private boolean ofStore(String line) {
        return line.contains(store.toString());
    }

    private List<List<String>> traces() throws IOException {
        List<List<String>> traces = new ArrayList<>();
        try (var files = Files.list(folder.resolve("traces"))) {
            for (Path file : files.toList()) {
                traces.add(Files.readAllLines(file));
            }
        }
        return traces;
    }
}
