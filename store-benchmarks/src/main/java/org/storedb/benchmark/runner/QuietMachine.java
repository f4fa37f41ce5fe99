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
 * The condition for a figure to count: that during its measurement the host gave less than a certain share of the
 * processor time to others.
 *
 * @param maxStolenPercent the maximum share in percent; 100 if every figure counts
 */
record QuietMachine(double maxStolenPercent) {

    /** The option for this condition, and its meaning. */
    static final String OPTION = "max-stolen";

    static final String OPTION_TEXT = """
              --max-stolen p    a row counts only if the host of this virtual machine gave at most p % of the processor time
                                to others meanwhile; otherwise it is measured again when the machine is quiet, at most
                                five times; a figure that is still disturbed is marked with ~ (default: 100, every row
                                counts)
            """;

    private static final int ATTEMPTS = 6;
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int PAUSES_MAX = 24;

    static QuietMachine of(CommandOptions options) {
        return new QuietMachine(options.positive(OPTION, 100));
    }

    /**
     * Measures rows until each has this many figures that count, or has been tried often enough.
     *
     * @param results receives the figures
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

    /**
     * Returns whether a figure does not count, given the share of processor time stolen during its measurement, 0 to 1.
     */
    boolean isDisturbedBy(double stolenShare) {
        return 100 * stolenShare > maxStolenPercent;
    }

    /** Waits, for at most a few minutes, until all processors are available. */
    void await() {
        for (int pauses = 0; isAsked() && pauses < PAUSES_MAX && isDisturbedBy(stolenNow()); pauses++) {
            sleep(PAUSE);
        }
    }

    private boolean isAsked() {
        return maxStolenPercent < 100;
    }

    /** Returns the share that is stolen while all processors are busy. */
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

    /** A measurement of rows. */
    @FunctionalInterface
    interface Measurement<R> {

        void run(Set<R> rows) throws IOException;
    }
}
