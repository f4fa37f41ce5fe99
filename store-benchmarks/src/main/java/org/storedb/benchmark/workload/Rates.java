package org.storedb.benchmark.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Rates of operations that are repeated for some time and counted. */
public final class Rates {

    /**
     * Interval at which the clock is read, so rarely that it costs next to nothing; at first it is read after each
     * operation.
     */
    private static final long NANOS_BETWEEN_LOOKS = 100_000;

    private static final LongAdder SINK = new LongAdder();

    private final Supplier<WarmUp> warmUps;
    private final Duration time;
    private final Clock clock;

    Rates(Supplier<WarmUp> warmUps, Duration time) {
        this(warmUps, time, Clock.WALL);
    }

    /**
     * Creates measurements of {@code time} each, after a warm-up that begins when it is obtained from {@code warmUps}.
     */
    public Rates(Supplier<WarmUp> warmUps, Duration time, Clock clock) {
        this.warmUps = warmUps;
        this.time = time;
        this.clock = clock;
    }

    /** Returns operations per second of one thread, not counting the warm-up. */
    public double perSecond(Operation operation) {
        return perSecond(1, operation);
    }

    /** Returns operations per second of several threads together. */
    public double perSecond(int threads, Operation operation) {
        ExecutorService pool = Executors.newFixedThreadPool(threads); // Engines keep state per thread.
        try {
            warmUps.get().run(round -> inParallel(pool, threads, operation, round));
            return inParallel(pool, threads, operation, time);
        } finally {
            pool.shutdown();
        }
    }

    /** Keeps results alive. */
    static void consume(long result) {
        SINK.add(result);
    }

    private double inParallel(ExecutorService pool, int threads, Operation operation, Duration duration) {
        try {
            SplittableRandom seeds = new SplittableRandom(System.nanoTime());
            List<Callable<Double>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                SplittableRandom random = seeds.split();
                tasks.add(() -> repeat(operation, random, duration));
            }
            double sum = 0;
            for (Future<Double> rate : pool.invokeAll(tasks)) {
                sum += rate.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A measured operation failed: " + e.getCause(), e.getCause());
        }
    }

    private double repeat(Operation operation, SplittableRandom random, Duration duration) {
        long start = clock.nanos();
        long end = start + duration.toNanos();
        long count = 0;
        long result = 0;
        long batch = 1;
        long now = start;
        while (now < end) {
            for (long i = 0; i < batch; i++) {
                result += operation.run(random);
            }
            count += batch;
            long before = now;
            now = clock.nanos();
            if (now - before < NANOS_BETWEEN_LOOKS / 2) {
                batch *= 2;
            }
        }
        consume(result);
        return count * 1e9 / (now - start);
    }
}
