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

/** Repeats operations for some time and counts them. */
public final class Rates {

    /** How often the clock is looked at by default, so that this costs next to nothing. */
    private static final int OPERATIONS_BETWEEN_LOOKS = 16;

    private static final LongAdder SINK = new LongAdder();

    private final Duration warmUp;
    private final Duration time;
    private final int operationsBetweenLooks;

    Rates(Duration warmUp, Duration time) {
        this(warmUp, time, OPERATIONS_BETWEEN_LOOKS);
    }

    /** Rates of operations of which some may be slow: {@code operationsBetweenLooks} are done before the time can be up. */
    public Rates(Duration warmUp, Duration time, int operationsBetweenLooks) {
        this.warmUp = warmUp;
        this.time = time;
        this.operationsBetweenLooks = operationsBetweenLooks;
    }

    /** Operations per second of one thread, the time for warming up not counted. */
    public double perSecond(Operation operation) {
        return perSecond(1, operation);
    }

    /** Operations per second of several threads together. */
    public double perSecond(int threads, Operation operation) {
        ExecutorService pool = Executors.newFixedThreadPool(threads); // Engines keep things for each thread.
        try {
            inParallel(pool, threads, operation, warmUp);
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
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        long count = 0;
        long result = 0;
        long now = start;
        while (now < end) {
            for (int i = 0; i < operationsBetweenLooks; i++) {
                result += operation.run(random);
            }
            count += operationsBetweenLooks;
            now = System.nanoTime();
        }
        consume(result);
        return count * 1e9 / (now - start);
    }
}
