package org.storedb.benchmark.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.storedb.benchmark.engine.Engine;

/** The filling of an engine with the entries, and its measurement. */
final class Filling {

    private static final int BATCH_ENTRIES = 1000;

    private final WorkloadSettings settings;

    Filling(WorkloadSettings settings) {
        this.settings = settings;
    }

    /**
     * Puts all entries, one per commit until the time is up, then in batches.
     *
     * @return single puts per second
     */
    double fill(Engine engine) {
        SplittableRandom random = new SplittableRandom(1);
        long start = System.nanoTime();
        long end = start + (long) (settings.fillSeconds() * 1e9);
        long next = 0;
        long now = start;
        while (next < settings.entries() && now < end) {
            long stop = Math.min(settings.entries(), next + 16);
            for (; next < stop; next++) {
                engine.put(KeySet.key(next), Values.next(random));
            }
            now = System.nanoTime();
        }
        double rate = next * 1e9 / (now - start);
        fillInBatches(engine, next, settings.entries(), () -> false);
        return rate;
    }

    /** Puts the entries without measuring. */
    void fillUnmeasured(Engine engine) {
        fillInBatches(engine, 0, settings.entries(), () -> false);
    }

    /** Returns entries per second in batches. */
    double batches(Engine engine) {
        long start = System.nanoTime();
        long end = start + settings.time().toNanos();
        long count = fillInBatches(engine, 0, settings.entries(), () -> System.nanoTime() >= end);
        return count * 1e9 / (System.nanoTime() - start);
    }

    /**
     * Fills other directories in the same way as the measured one, one after the other, until the compilers are done.
     */
    void warmUp(boolean inBatches) {
        Path directory =
                settings.directory().resolveSibling(settings.directory().getFileName() + "-warm-up");
        WarmUp warmUp = settings.warmUpOfWrites();
        try {
            while (!warmUp.isOver()) {
                Files.createDirectories(directory);
                fillOther(directory, inBatches, warmUp);
                DirectoryFiles.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillOther(Path directory, boolean inBatches, WarmUp warmUp) {
        try (Engine engine = settings.engine().open(settings.engineSettings(directory, false))) {
            if (inBatches) {
                fillInBatches(engine, 0, settings.entries(), warmUp::isOver);
                return;
            }
            SplittableRandom random = new SplittableRandom(2);
            for (long next = 0; next < settings.entries() && !warmUp.isOver(); next++) {
                engine.put(KeySet.key(next), Values.next(random));
            }
        }
    }

    private static long fillInBatches(Engine engine, long from, long to, BooleanSupplier isOver) {
        SplittableRandom random = new SplittableRandom(3);
        long next = from;
        while (next < to && !isOver.getAsBoolean()) {
            int size = (int) Math.min(BATCH_ENTRIES, to - next);
            byte[][] keys = new byte[size][];
            byte[][] values = new byte[size][];
            for (int i = 0; i < size; i++) {
                keys[i] = KeySet.key(next++);
                values[i] = Values.next(random);
            }
            engine.putAll(keys, values);
        }
        return next - from;
    }
}
