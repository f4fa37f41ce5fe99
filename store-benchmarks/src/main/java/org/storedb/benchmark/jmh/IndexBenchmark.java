package org.storedb.benchmark.jmh;

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
import org.openjdk.jmh.annotations.Warmup;
import org.storedb.benchmark.workload.KeySet;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;

/** The index alone: lookups, and overwrites with and without a new version for each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IndexBenchmark {

    private static final RecordPointer POINTER = new RecordPointer(1, 64, 105, 1);

    @Param("1000000")
    private int entries;

    private final SplittableRandom random = new SplittableRandom(1);
    private CountedTree<RecordPointer> tree;
    private TreeEditor<RecordPointer> editor;

    @Setup
    public void fill() {
        editor = CountedTree.empty(RecordPointer.LAYOUT).edit();
        for (int i = 0; i < entries; i++) {
            editor.put(KeySet.key(i), POINTER);
        }
        tree = editor.build();
    }

    @Benchmark
    public RecordPointer get() {
        return tree.get(existingKey());
    }

    @Benchmark
    public RecordPointer getAbsent() {
        return tree.get(KeySet.key(-1 - random.nextLong(entries)));
    }

    @Benchmark
    public long countFromKey() {
        return tree.count(new TreeRange(existingKey(), null));
    }

    @Benchmark
    public long seekAndHundred() {
        TreeCursor<RecordPointer> cursor = tree.cursor(new TreeRange(existingKey(), null));
        long sum = 0;
        for (int i = 0; i < 100 && cursor.next(); i++) {
            sum += cursor.key()[0] + cursor.value().offset();
        }
        return sum;
    }

    @Benchmark
    public RecordPointer overwrite() {
        return editor.put(existingKey(), POINTER);
    }

    @Benchmark
    public CountedTree<RecordPointer> overwriteInNewVersion() {
        editor.put(existingKey(), POINTER);
        tree = editor.build();
        return tree;
    }

    private byte[] existingKey() {
        return KeySet.key(random.nextLong(entries));
    }
}
