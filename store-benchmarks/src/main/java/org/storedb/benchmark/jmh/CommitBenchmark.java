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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.benchmark.workload.DirectoryFiles;
import org.storedb.benchmark.workload.KeySet;

/** Commits through the whole store, in files and in memory: the difference is the cost of files. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CommitBenchmark {

    private static final int ENTRIES = 100_000;

    @Param({"files", "memory"})
    private String place;

    private final byte[] value = new byte[100];
    private Path directory;
    private Store store;
    private Keyspace entries;

    @Setup
    public void open() throws IOException {
        StoreOptions options = StoreOptions.defaults().withDurability(Durability.OS);
        directory = Files.createTempDirectory("commit-benchmark");
        store = place.equals("files") ? Store.open(directory, options) : Store.openInMemory(options);
        entries = store.keyspace("entries");
        for (int i = 0; i < ENTRIES; i++) {
            entries.put(KeySet.key(i), value);
        }
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        DirectoryFiles.delete(directory);
    }

    @Benchmark
    public void overwrite(RandomKeys keys) {
        entries.put(keys.next(), value);
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
