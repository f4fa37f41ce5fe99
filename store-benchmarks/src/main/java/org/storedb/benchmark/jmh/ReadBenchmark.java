package org.storedb.benchmark.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;
import org.storedb.benchmark.workload.DirectoryFiles;
import org.storedb.benchmark.workload.KeySet;

/** Reads through the whole store, in files. With {@code -prof gc} it reports the exact allocation of a read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {

    private static final int ENTRIES = 200_000;
    private static final int BATCH = 1_000;
    private static final int VALUE_BYTES = 100;
    private static final int SEEK_ENTRIES = 100;

    private Path directory;
    private Store store;
    private Keyspace entries;

    @Setup
    public void fill() throws IOException {
        directory = Files.createTempDirectory("read-benchmark");
        store = Store.open(directory, StoreOptions.defaults().withDurability(Durability.OS));
        entries = store.keyspace("entries");
        SplittableRandom random = new SplittableRandom(1);
        for (int start = 0; start < ENTRIES; start += BATCH) {
            WriteBatch batch = new WriteBatch();
            for (int i = start; i < start + BATCH; i++) {
                byte[] value = new byte[VALUE_BYTES];
                random.nextBytes(value);
                batch.put(KeySet.key(i), value);
            }
            entries.write(batch);
        }
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        DirectoryFiles.delete(directory);
    }

    @Benchmark
    public byte[] get(RandomKeys keys) {
        return entries.get(keys.next());
    }

    @Benchmark
    public boolean exists(RandomKeys keys) {
        return entries.exists(keys.next());
    }

    @Benchmark
    @OperationsPerInvocation(SEEK_ENTRIES)
    public void seek(RandomKeys keys, Blackhole consumer) {
        entries.scan(KeyRange.from(keys.next())).limit(SEEK_ENTRIES).forEach(consumer::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void scan(Blackhole consumer) {
        entries.scan(KeyRange.all()).forEach(consumer::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void keysAlone(Blackhole consumer) {
        entries.keys(KeyRange.all()).forEach(consumer::consume);
    }

    /** The keys of one thread. */
    @State(Scope.Thread)
    public static class RandomKeys {

        private final SplittableRandom random = new SplittableRandom();

        byte[] next() {
            return KeySet.key(random.nextLong(ENTRIES));
        }
    }
}
