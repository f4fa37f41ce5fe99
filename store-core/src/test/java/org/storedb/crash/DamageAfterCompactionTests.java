package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.error.CorruptStoreException;
import org.storedb.query.Query;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Damage that hits the last commit of a killed store, which nothing but the manifest vouches for, after a compaction has
 * removed what that commit had replaced.
 */
class DamageAfterCompactionTests {

    private static final int DOCUMENTS = 100;
    private static final String LAST_SEGMENT = "segment-0000000002.log";

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();

    @Test
    void neitherTheOldDocumentsNorTheNewOnesAreDroppedSilently() {
        Map<String, byte[]> files = filesOfKilledStore();
        byte[] damaged = Objects.requireNonNull(files.get(LAST_SEGMENT));
        damaged[20_000] ^= 1;

        assertThatThrownBy(() -> open(new SimulatedDirectory(files), new SteppedTasks()))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(LAST_SEGMENT);
    }

    @Test
    void withoutDamageEverythingIsThere() {
        try (Store store = open(new SimulatedDirectory(filesOfKilledStore()), new SteppedTasks())) {
            assertThat(store.collection("things").find(Query.all()))
                    .hasSize(DOCUMENTS)
                    .allSatisfy(thing -> assertThat(thing).containsEntry("version", 2));
        }
    }

    @Test
    void commitsBehindTheCompactionAreStillATornTail() {
        Store store = compacted();
        store.collection("things").insert(Map.of("id", "later", "version", 3));
        Map<String, byte[]> files = directory.afterKill().visibleFiles();
        byte[] torn = Objects.requireNonNull(files.get(LAST_SEGMENT));
        int last = torn.length - 1;
        while (torn[last] == 0) {
            last--;
        }
        torn[last] ^= 1;

        try (Store reopened = open(new SimulatedDirectory(files), new SteppedTasks())) {
            assertThat(reopened.collection("things").count()).isEqualTo(DOCUMENTS);
        }
    }

    private Map<String, byte[]> filesOfKilledStore() {
        var unused = compacted();
        return directory.afterKill().visibleFiles();
    }

    /** A store whose documents have been replaced, and the segment with the old ones removed. */
    private Store compacted() {
        Store store = open(directory, tasks);
        store.runInTransaction(transaction -> saveAll(transaction, 1));
        store.runInTransaction(transaction -> saveAll(transaction, 2));
        tasks.runRepeated();
        tasks.runWaiting();
        assertThat(directory.list()).contains(LAST_SEGMENT).doesNotContain("segment-0000000001.log");
        return store;
    }

    private static void saveAll(Transaction transaction, int version) {
        for (int id = 0; id < DOCUMENTS; id++) {
            transaction.collection("things").save(Map.of("id", "d" + id, "version", version, "text", "q".repeat(450)));
        }
    }

    private static Store open(SimulatedDirectory directory, SteppedTasks tasks) {
        return TestStores.open(
                directory,
                StoreOptions.defaults().withSegmentBytes(64 << 10).withValueBytesMax(32 << 10),
                TestEnvironments.stepped(1, tasks));
    }
}
