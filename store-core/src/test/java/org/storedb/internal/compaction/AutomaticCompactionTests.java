package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.WriteBatch;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class AutomaticCompactionTests {

    private static final int KEYS = 6000;

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();
    private int changes;
    private boolean creationFails;
    private int failedCreations;

    @Test
    void spaceOfDeadRecordsIsGivenBack() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < 200; i++) {
                entries.put(key(i % 3), new byte[4000]);
            }
            long before = store.stats().log().bytesOnDisk();
            settle();

            assertThat(store.stats().log().bytesOnDisk()).isLessThan(before / 4);
        }
    }

    @Test
    void deletedKeyStaysDeletedWhenOnlyTheSegmentOfTheDeleteIsCompacted() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            entries.put(key(1), new byte[10]);
            entries.put(key(2), new byte[60_000]); // Keeps the first segment alive.
            entries.put(key(3), new byte[20_000]);
            entries.delete(key(1));
            for (int i = 0; i < 10; i++) {
                entries.put(key(3), new byte[20_000]);
            }
            changes = 0;
            settle();
            assertThat(changes).as("writes of the compaction").isPositive();
        }
        try (Store store = open()) {
            assertThat(store.keyspace("entries").exists(key(1))).isFalse();
            assertThat(store.keyspace("entries").count()).isEqualTo(2);
        }
    }

    @Test
    void deletesThatMustBeKeptAreNotCopiedForEver() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            WriteBatch puts = new WriteBatch();
            for (int i = 0; i < KEYS; i++) {
                puts.put(key(i), new byte[50]);
            }
            entries.write(puts);
            for (int i = 0; i < KEYS / 3; i++) {
                entries.delete(key(3 * i));
            }
            entries.put(key(0), new byte[60_000]); // Seals what the deletes are in.
            entries.put(key(0), new byte[60_000]);
            settle();
            changes = 0;
            settle();

            assertThat(changes).as("writes of a store that nobody writes to").isZero();
        }
        try (Store store = open()) {
            assertThat(store.keyspace("entries").count()).isEqualTo(KEYS - KEYS / 3 + 1);
        }
    }

    @Test
    void compactionThatFailedIsNotTriedAgainAtOnce() {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < 200; i++) {
                entries.put(key(i % 3), new byte[4000]);
            }
            creationFails = true;
            settle();

            assertThat(failedCreations).isEqualTo(1);
            assertThat(store.compactionStatus().lastResults()).hasSize(1);
            assertThat(store.compactionStatus().lastResults().get(0).failure()).contains("planned");
            creationFails = false;
            assertThat(store.stats().failure()).isNull();
            assertThat(entries.get(key(1))).hasSize(4000);
        }
    }

    private Store open() {
        IoInterceptor counter = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (creationFails && operation.kind() == IoOperation.Kind.CREATE) {
                    failedCreations++;
                    throw new IOException("planned");
                }
            }

            @Override
            public void after(IoOperation operation) {
                changes += operation.kind().isChange() ? 1 : 0;
            }
        };
        return TestStores.open(
                new InterceptedDirectory(files, counter),
                StoreOptions.defaults()
                        .withSegmentBytes(64 << 10)
                        .withDurability(Durability.OS)
                        .withCompaction(new CompactionPolicy(true, 0.5)),
                TestEnvironments.stepped(1, tasks));
    }

    private void settle() {
        for (int i = 0; i < 5; i++) {
            tasks.runRepeated();
            tasks.runWaiting();
        }
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
