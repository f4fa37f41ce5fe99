package org.storedb.benchmark.workload;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.storedb.benchmark.engine.Engine;

/** Times single reads while a second thread overwrites at a fixed rate and a third one compacts. */
final class WorstGet {

    private static final int WRITES_PER_SECOND = 20_000;
    private static final long NANOS_PER_WRITE = 1_000_000_000L / WRITES_PER_SECOND;

    private final Engine engine;
    private final WorkloadSettings settings;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    WorstGet(Engine engine, WorkloadSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** Returns the time in microseconds that {@code fraction} of the reads do not exceed. */
    double quantileMicros(double fraction) {
        Thread writer = start("writer", this::overwrite);
        Thread compactor = start("compactor", engine::compact);
        LatencyHistogram histogram = time(settings.time().toNanos());
        stopped = true;
        join(writer);
        join(compactor);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("Writing during the reads failed: " + cause, cause);
        }
        return histogram.quantile(fraction) / 1e3;
    }

    private LatencyHistogram time(long nanos) {
        Reads reads = new Reads(engine, settings.entries());
        SplittableRandom random = new SplittableRandom(4);
        LatencyHistogram histogram = new LatencyHistogram();
        long end = System.nanoTime() + nanos;
        long before = System.nanoTime();
        long result = 0;
        while (before < end) {
            result += reads.getExisting(random);
            long after = System.nanoTime();
            histogram.record(after - before);
            before = after;
        }
        Rates.consume(result);
        return histogram;
    }

    private void overwrite() {
        SplittableRandom random = new SplittableRandom(5);
        long due = System.nanoTime();
        while (!stopped) {
            engine.put(KeySet.key(random.nextLong(settings.entries())), Values.next(random));
            due += NANOS_PER_WRITE;
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
        }
    }

    private Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((failed, cause) -> failure.compareAndSet(null, cause));
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + thread.getName(), e);
        }
    }
}
