package org.storedb.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What was committed in any order is brought into that of the keys by a compaction that is asked for. */
class CompactionOrderTests {

    private static final int ENTRIES = 2_000;

    private final SteppedTasks tasks = new SteppedTasks();

    @Test
    void manySmallCommitsAreRewrittenOnceAlthoughNothingIsDead() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < ENTRIES; i++) {
                entries.put(key(i), new byte[100]);
            }
            assertThat(compact(store).segmentsCompacted()).isPositive();
            assertThat(compact(store).segmentsCompacted()).as("again").isZero();
            assertThat(entries.count()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void largeValuesStayWhereTheyAre() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < ENTRIES / 20; i++) {
                entries.put(key(i), new byte[8_000]);
            }
            assertThat(compact(store).segmentsCompacted()).isZero();
        }
    }

    /** Not in the order of the numbers. */
    private static byte[] key(int number) {
        int mixed = number * 0x9E37_79B1;
        return new byte[] {(byte) (mixed >> 24), (byte) (mixed >> 16), (byte) (mixed >> 8), (byte) mixed};
    }

    private CompactionResult compact(Store store) {
        CompletableFuture<CompactionResult> running = store.compact();
        tasks.runWaiting();
        return running.join();
    }

    private Store open() {
        StoreOptions options = StoreOptions.defaults().withSegmentBytes(64 << 10);
        return TestStores.open(new MemoryDirectory(), options, TestEnvironments.stepped(1, tasks));
    }
}
