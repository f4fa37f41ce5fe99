package org.storedb.benchmark.workload;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The warm-up before a measurement: it lasts for a minimum time, and then until the JVM's compilers have next to
 * nothing left to do, or for a maximum time. In the first seconds of its process, when methods wait for a compiler that
 * occupies a processor, a store does not perform as it later does in a service. For one thread.
 */
public final class WarmUp {

    /** Interval over which the compilers are observed. Compilations are counted when they end. */
    private static final long LOOK_NANOS = 2_000_000_000;

    /** Share of one processor below which the compilers are done. */
    private static final double DONE_SHARE = 0.05;

    private final @Nullable CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private final long lookNanos;
    private final long least;
    private final long most;
    private long lookedAt = System.nanoTime();
    private long compiledMillis = compiledMillis();
    private boolean over;

    /** Starts a warm-up. */
    public WarmUp(double leastSeconds, double mostSeconds) {
        this.lookNanos = Math.min(LOOK_NANOS, (long) (mostSeconds * 1e9));
        this.least = lookedAt + (long) (leastSeconds * 1e9);
        this.most = lookedAt + (long) (mostSeconds * 1e9);
    }

    /** Repeats a round, which lasts for the time passed to it, until the warm-up is over. */
    public void run(Consumer<Duration> round) {
        do {
            round.accept(Duration.ofNanos(lookNanos));
        } while (!isOver());
    }

    boolean isOver() {
        long now = System.nanoTime();
        if (!over && now - lookedAt >= lookNanos) {
            long compiled = compiledMillis();
            boolean done = (compiled - compiledMillis) * 1e6 < DONE_SHARE * (now - lookedAt);
            over = (now >= least && done) || now >= most;
            lookedAt = now;
            compiledMillis = compiled;
        }
        return over;
    }

    private long compiledMillis() {
        return compilers == null ? 0 : compilers.getTotalCompilationTime();
    }
}
