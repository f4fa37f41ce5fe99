package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.Store;
import org.storedb.TestStores;
import org.storedb.TransactionOptions;
import org.storedb.error.StoreFailedException;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What each durability mode loses: to a power loss that takes all it may take, and to a killed process. */
class DurabilityModeTests {

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();
    private boolean syncsFail;

    @Test
    void alwaysLosesNothing() {
        Store store = open(Durability.ALWAYS);
        put(store, "a");
        put(store, "b");

        assertThat(afterPowerLoss()).containsExactly("a", "b");
    }

    @Test
    void intervalLosesWhatCameAfterTheLastBackgroundSync() {
        Store store = open(Durability.INTERVAL);
        put(store, "a");
        put(store, "b");
        tasks.runRepeated();
        put(store, "c");

        assertThat(afterPowerLoss()).containsExactly("a", "b");
        assertThat(afterKill()).containsExactly("a", "b", "c");
    }

    @Test
    void operatingSystemModeLosesWhatCameAfterTheLastSyncOrFullSegment() {
        Store store = open(Durability.OS);
        put(store, "a");
        store.sync();
        put(store, "b");

        assertThat(afterPowerLoss()).containsExactly("a");
        assertThat(afterKill()).containsExactly("a", "b");

        store.keyspace("entries").put("c".getBytes(UTF_8), new byte[Workload.SEGMENT_BYTES]);
        assertThat(afterPowerLoss()).containsExactly("a", "b");
    }

    @Test
    void transactionThatAsksForMoreMakesAllBeforeItDurable() {
        Store store = open(Durability.OS);
        put(store, "a");
        store.<Object>inTransaction(TransactionOptions.defaults().withDurability(Durability.ALWAYS), transaction -> {
            transaction.keyspace("entries").put("b".getBytes(UTF_8), new byte[1]);
            return "done";
        });
        put(store, "c");

        assertThat(afterPowerLoss()).containsExactly("a", "b");
    }

    @Test
    void failedBackgroundSyncStopsTheStore() {
        Store store = open(Durability.INTERVAL);
        put(store, "a");
        syncsFail = true;
        tasks.runRepeated();
        syncsFail = false;

        assertThatExceptionOfType(StoreFailedException.class)
                .isThrownBy(() -> put(store, "b"))
                .withMessageContaining("the medium is gone");
        assertThat(keys(store)).containsExactly("a");
    }

    private Store open(Durability durability) {
        IoInterceptor failingSyncs = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (syncsFail && operation.kind() == IoOperation.Kind.SYNC) {
                    throw new IOException("the medium is gone");
                }
            }
        };
        return TestStores.open(
                new InterceptedDirectory(directory, failingSyncs),
                Workload.options(durability),
                TestEnvironments.stepped(1, tasks));
    }

    private List<String> afterPowerLoss() {
        return reopened(new CrashImages(directory, new Random(1)).least());
    }

    private List<String> afterKill() {
        return reopened(directory.visibleFiles());
    }

    private static List<String> reopened(Map<String, byte[]> files) {
        try (Store store = TestStores.open(
                new SimulatedDirectory(files),
                Workload.options(Durability.ALWAYS),
                TestEnvironments.stepped(2, new SteppedTasks()))) {
            return keys(store);
        }
    }

    private static List<String> keys(Store store) {
        return store.keyspace("entries")
                .scan(KeyRange.all())
                .map(entry -> new String(entry.key(), UTF_8))
                .toList();
    }

    private static void put(Store store, String key) {
        store.keyspace("entries").put(key.getBytes(UTF_8), key.getBytes(UTF_8));
    }
}
