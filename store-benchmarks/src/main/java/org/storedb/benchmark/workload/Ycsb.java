package org.storedb.benchmark.workload;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.benchmark.engine.Engine;

/** The core workloads of the Yahoo! Cloud Serving Benchmark, with one field per entry. */
final class Ycsb {

    private static final int SCAN_ENTRIES_MAX = 100;

    private final Engine engine;
    private final Reads reads;
    private final ZipfianNumbers numbers;
    private final AtomicLong next;

    Ycsb(Engine engine, long entries) {
        this.engine = engine;
        this.reads = new Reads(engine, entries);
        this.numbers = new ZipfianNumbers(entries);
        this.next = new AtomicLong(entries);
    }

    /** Returns the operation of a workload row. */
    Operation operation(Row row) {
        return switch (row) {
            case YCSB_A -> random -> isChosen(random, 50) ? update(random) : read(random);
            case YCSB_B -> random -> isChosen(random, 5) ? update(random) : read(random);
            case YCSB_C -> this::read;
            case YCSB_D -> random -> isChosen(random, 5) ? insert(random) : readLatest(random);
            case YCSB_E -> random -> isChosen(random, 5) ? insert(random) : scan(random);
            case YCSB_F -> random -> isChosen(random, 50) ? readAndUpdate(random) : read(random);
            default -> throw new IllegalArgumentException(row + " is not a workload of YCSB");
        };
    }

    private static boolean isChosen(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }

    private long read(SplittableRandom random) {
        return reads.getExisting(numbers.nextScattered(random));
    }

    private long readLatest(SplittableRandom random) {
        return reads.getExisting(next.get() - 1 - numbers.next(random));
    }

    private long update(SplittableRandom random) {
        return put(numbers.nextScattered(random), random);
    }

    private long insert(SplittableRandom random) {
        long number = next.get();
        put(number, random);
        next.incrementAndGet(); // For one thread: a number is read only after its entry is stored.
        return number;
    }

    private long readAndUpdate(SplittableRandom random) {
        long number = numbers.nextScattered(random);
        return reads.getExisting(number) + put(number, random);
    }

    private long scan(SplittableRandom random) {
        byte[] from = KeySet.key(numbers.nextScattered(random));
        return reads.scan(from, 1 + random.nextInt(SCAN_ENTRIES_MAX));
    }

    private long put(long number, SplittableRandom random) {
        engine.put(KeySet.key(number), Values.next(random));
        return number;
    }
}
