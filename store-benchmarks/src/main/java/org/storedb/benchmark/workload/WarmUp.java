package org.storedb.benchmark.workload;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long something runs before it is measured: for a least time, and then until the compilers of the JVM have next to
 * nothing left to do, or a most. A store in the first seconds of its process, whose methods wait for a compiler that takes a
 * processor away from it, is not the one that a service has from then on. For one thread.
 */
public final class WarmUp {

    /** Compilers are looked at over so long a time. It counts compilations when they end. */
    private static final long LOOK_NANOS = 2_000_000_000;

    /** Compilers are done when they need less than this share of one processor. */
    private static final double DONE_SHARE = 0.05;

    private final @Nullable CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private final long lookNanos;
    private final long least;
    private final long most;
    private long lookedAt = System.nanoTime();
    private long compiledMillis = compiledMillis();
    private boolean over;

    /** Begins now. */
    public WarmUp(double leastSeconds, double mostSeconds) {
        this.lookNanos = Math.min(LOOK_NANOS, (long) (mostSeconds * 1e9));
        this.least = lookedAt + (long) (leastSeconds * 1e9);
        this.most = lookedAt + (long) (mostSeconds * 1e9);
    }

    /** Runs something that goes on for the time that it is given, again and again until the warm-up is over. */
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
