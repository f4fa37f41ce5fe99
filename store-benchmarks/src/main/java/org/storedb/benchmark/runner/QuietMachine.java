package org.storedb.benchmark.runner;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.storedb.benchmark.report.Contender;
import org.storedb.benchmark.report.MeasuredRow;
import org.storedb.benchmark.report.Results;

/**
 * What is asked of the machine before a figure counts: that its host gave less than a certain part of the processor time to
 * others while it was measured.
 *
 * @param maxStolenPercent 100 if anything counts
 */
record QuietMachine(double maxStolenPercent) {

    /** The option that says it, and what it means. */
    static final String OPTION = "max-stolen";

    static final String OPTION_TEXT = """
              --max-stolen p    a row counts only if the host of this virtual machine gave at most p % of the processor time
                                to others meanwhile; else it is measured again, five times at most, when the machine is
                                quiet; a figure that is still disturbed gets a ~ (default: 100, every row counts)
            """;

    private static final int ATTEMPTS = 6;
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int PAUSES_MAX = 24;

    static QuietMachine of(CommandOptions options) {
        return new QuietMachine(options.positive(OPTION, 100));
    }

    /**
     * Has rows measured until each has so many figures that count, or was tried often enough.
     *
     * @param results where the figures go
     * @param measurement measures some of the rows, each once
     */
    <R extends MeasuredRow> void measure(
            Contender contender, Set<R> rows, int figures, Results results, Measurement<R> measurement)
            throws IOException {
        int attempts = isAsked() ? ATTEMPTS : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            Set<R> left = rows.stream()
                    .filter(row -> results.undisturbed(contender, row) < figures)
                    .collect(Collectors.toSet());
            if (left.isEmpty()) {
                return;
            }
            measurement.run(left);
        }
    }

    /** Whether a figure does not count, during which such a part of the processor time, 0 to 1, was taken away. */
    boolean isDisturbedBy(double stolenShare) {
        return 100 * stolenShare > maxStolenPercent;
    }

    /** Waits for some minutes at the most until all processors can be had. */
    void await() {
        for (int pauses = 0; isAsked() && pauses < PAUSES_MAX && isDisturbedBy(stolenNow()); pauses++) {
            sleep(PAUSE);
        }
    }

    private boolean isAsked() {
        return maxStolenPercent < 100;
    }

    /** What is taken away while all processors are busy. */
    private static double stolenNow() {
        long end = System.nanoTime() + PROBE.toNanos();
        StolenTime time = new StolenTime();
        List<Thread> busy = new ArrayList<>();
        for (int processor = 0; processor < Runtime.getRuntime().availableProcessors(); processor++) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            });
            thread.start();
            busy.add(thread);
        }
        sleep(PROBE);
        busy.forEach(QuietMachine::join);
        return time.share();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for a quiet machine", e);
    }

    /** Measures rows. */
    @FunctionalInterface
    interface Measurement<R> {

        void run(Set<R> rows) throws IOException;
    }
}
