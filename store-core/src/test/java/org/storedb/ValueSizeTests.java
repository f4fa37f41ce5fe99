package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.LimitExceededException;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Values and transactions from nothing to many times the size of a segment. */
class ValueSizeTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int MIB = 1 << 20;
    private static final StoreOptions OPTIONS = StoreOptions.defaults().withSegmentBytes(SEGMENT_BYTES);
    private static final StoreOptions ENCRYPTED = OPTIONS.withEncryption(EncryptionKeys.of("test", new byte[32]));

    @TempDir
    private Path directory;

    private SteppedTasks tasks = new SteppedTasks();

    @Test
    void valueOfHundredsOfMegabytesIsWrittenReadCompactedAndReopened() {
        int length = 300 * MIB;
        StoreOptions options = StoreOptions.defaults().withValueBytesMax(length);
        try (Store store = Store.open(directory, options)) {
            store.keyspace("values").put(bytes("large"), value(length, 1));
            store.keyspace("values").put(bytes("empty"), new byte[0]);
            store.keyspace("values").put(bytes("short"), new byte[] {7});
        }
        try (Store store = Store.open(directory, options)) {
            assertThat(Arrays.hashCode(store.keyspace("values").get(bytes("large"))))
                    .isEqualTo(Arrays.hashCode(value(length, 1)));
            store.keyspace("values").delete(bytes("large"));
            store.compact().join();
            assertThat(store.stats().log().bytesOnDisk()).isLessThan(MIB);
        }
        try (Store store = Store.open(directory, options)) {
            assertThat(store.keyspace("values").get(bytes("large"))).isNull();
            assertThat(store.keyspace("values").get(bytes("empty"))).isEmpty();
            assertThat(store.keyspace("values").get(bytes("short"))).containsExactly(7);
        }
    }

    @Test
    void transactionOfManySegmentsIsOneCommit() {
        for (StoreOptions options : List.of(OPTIONS, ENCRYPTED)) {
            SimulatedDirectory files = new SimulatedDirectory();
            try (Store store = open(files, options)) {
                store.keyspace("values").put(bytes("before"), new byte[100]);
                store.keyspace("values").write(batch(100));
                store.keyspace("values").put(bytes("after"), new byte[100]);
                assertThat(store.stats().log().segments()).hasSizeBetween(2, 4);
            }
            try (Store store = open(files, options)) {
                assertBatch(store, 100);
                for (int i = 0; i < 50; i++) {
                    store.keyspace("values").delete(bytes("of a batch " + 2 * i));
                }
                CompletableFuture<CompactionResult> result = store.compact();
                tasks.runWaiting();
                assertThat(result.join().recordsCopied()).isGreaterThanOrEqualTo(51);
                assertThat(store.keyspace("values").count()).isEqualTo(52);
            }
            try (Store store = open(files, options)) {
                assertThat(store.keyspace("values").count()).isEqualTo(52);
                assertThat(store.keyspace("values").get(bytes("of a batch 99"))).isEqualTo(value(SEGMENT_BYTES, 99));
            }
        }
    }

    @Test
    void transactionOfManySegmentsThatWasCutOffIsNotThereAtAll() {
        for (StoreOptions options : List.of(OPTIONS, ENCRYPTED)) {
            SimulatedDirectory files = new SimulatedDirectory();
            Store store = open(files, options);
            store.keyspace("values").put(bytes("before"), new byte[100]);
            store.keyspace("values").write(batch(20));
            Map<String, byte[]> whole = files.visibleFiles();
            Map.Entry<String, byte[]> last = Objects.requireNonNull(new TreeMap<>(whole).lastEntry());
            for (int length = 200; length < last.getValue().length; length += 99_731) {
                Map<String, byte[]> cut = new TreeMap<>(whole);
                cut.put(last.getKey(), Arrays.copyOf(last.getValue(), length));
                try (Store reopened = open(new SimulatedDirectory(cut), options)) {
                    assertThat(reopened.keyspace("values").count()).isEqualTo(1);
                    reopened.keyspace("values").write(batch(20));
                    assertBatch(reopened, 20);
                }
            }
            store.close();
        }
    }

    @Test
    void largeValuesOfManyThreadsAreCommittedInGroups() throws InterruptedException {
        int threads = 4;
        int values = 15;
        try (Store store = Store.open(directory, ENCRYPTED)) {
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                Thread writer = new Thread(() -> {
                    for (int i = 0; i < values; i++) {
                        store.keyspace("values").put(bytes(number + " " + i), value(40_000 + 10_000 * i, number));
                    }
                });
                writers.add(writer);
                writer.start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        try (Store store = Store.open(directory, ENCRYPTED)) {
            assertThat(store.keyspace("values").count()).isEqualTo((long) threads * values);
            for (int t = 0; t < threads; t++) {
                for (int i = 0; i < values; i++) {
                    assertThat(store.keyspace("values").get(bytes(t + " " + i)))
                            .isEqualTo(value(40_000 + 10_000 * i, t));
                }
            }
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeAnythingIsWritten() {
        SimulatedDirectory files = new SimulatedDirectory();
        StoreOptions options = OPTIONS.withValueBytesMax(MIB).withTransactionBytesMax(2 * MIB);
        try (Store store = open(files, options)) {
            store.keyspace("values").put(bytes("before"), new byte[MIB]);
            Map<String, byte[]> before = files.visibleFiles();
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> store.keyspace("values").put(bytes("a"), new byte[MIB + 1]));
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> store.keyspace("values").write(batch(50)));
            assertThat(files.visibleFiles()).containsExactlyEntriesOf(before);
            store.keyspace("values").put(bytes("after"), new byte[MIB]);
        }
    }

    private static WriteBatch batch(int values) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < values; i++) {
            batch.put(bytes("of a batch " + i), value(SEGMENT_BYTES, i));
        }
        return batch;
    }

    private static void assertBatch(Store store, int values) {
        for (int i = 0; i < values; i++) {
            assertThat(store.keyspace("values").get(bytes("of a batch " + i))).isEqualTo(value(SEGMENT_BYTES, i));
        }
    }

    /** Bytes that repeat after a length which divides no power of two. */
    private static byte[] value(int length, int seed) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (i % 251 * (seed + 1));
        }
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Store open(SimulatedDirectory files, StoreOptions options) {
        tasks = new SteppedTasks();
        return TestStores.open(files, options, TestEnvironments.stepped(1, tasks));
    }
}
