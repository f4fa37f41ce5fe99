package org.storedb.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreException;
import org.storedb.testing.SimulatedDirectory;

/** A leaf of a checkpoint that no writer writes, behind right checksums: it shows when it is needed. */
class ImpossibleLeafTests {

    private static final int ENTRIES = 2_000;

    private Map<String, byte[]> files = new TreeMap<>();

    @BeforeEach
    void fillAndSpoil() {
        SimulatedDirectory directory = new SimulatedDirectory();
        try (Store store = FuzzedStore.open(directory)) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < ENTRIES; i++) {
                entries.put(key(i), key(i));
            }
        }
        files = new TreeMap<>(directory.visibleFiles());
        byte[] checkpoint = Objects.requireNonNull(files.get("checkpoint")).clone();
        spoilLeafBehind(key(1_000), checkpoint);
        Checksums.repairCheckpoint(checkpoint);
        files.put("checkpoint", checkpoint);
    }

    /** Keys are eight bytes, so their common beginning is stored as it is, behind the packed rest of all of them. */
    private static void spoilLeafBehind(byte[] key, byte[] checkpoint) {
        for (int at = 0; at < checkpoint.length - 100; at++) {
            boolean separator = checkpoint[at] == 5
                    && checkpoint[at + 5] > 0
                    && checkpoint[at + 5] <= key.length
                    && new String(checkpoint, at + 6, checkpoint[at + 5], UTF_8).startsWith("k");
            if (separator && Arrays.compareUnsigned(checkpoint, at + 6, at + 14, key, 0, 8) > 0) {
                int content = at + 6 + checkpoint[at + 5];
                Arrays.fill(
                        checkpoint,
                        content + 1,
                        at + 5 + ByteBuffer.wrap(checkpoint).getInt(at + 1),
                        (byte) 0);
                return;
            }
        }
        throw new IllegalStateException("there is no such leaf");
    }

    private static byte[] key(int number) {
        return ("k" + (1_000_000 + number)).getBytes(UTF_8);
    }

    @Test
    void onlyWhoNeedsItIsRefusedAndIsToldWhatToDo() {
        SimulatedDirectory directory = new SimulatedDirectory(files);
        int refused = 0;
        try (Store store = FuzzedStore.open(directory)) {
            assertThat(store.stats().open().checkpointUsed()).isTrue();
            Keyspace entries = store.keyspace("entries");
            assertThat(entries.count()).isEqualTo(ENTRIES);
            for (int i = 0; i < ENTRIES; i++) {
                try {
                    assertThat(entries.get(key(i))).isEqualTo(key(i));
                } catch (CorruptStoreException e) {
                    assertThat(e.file()).isEqualTo("checkpoint");
                    assertThat(e.offset()).isBetween(100L, 1L << 20);
                    assertThat(e).hasMessageContaining("delete this file and open the store again");
                    refused++;
                }
            }
            entries.put(key(0), key(1));
        }
        assertThat(refused).isBetween(20, 64);

        Map<String, byte[]> without = new TreeMap<>(directory.visibleFiles());
        without.remove("checkpoint");
        try (Store store = FuzzedStore.open(new SimulatedDirectory(without))) {
            for (int i = 1; i < ENTRIES; i++) {
                assertThat(store.keyspace("entries").get(key(i))).isEqualTo(key(i));
            }
            assertThat(store.keyspace("entries").get(key(0))).isEqualTo(key(1));
        }
    }

    /** What is in the log is in the log, whatever the trees are like. */
    @Test
    void writeThatNeedsItFailsAndNothingIsLost() {
        SimulatedDirectory directory = new SimulatedDirectory(files);
        int written = 0;
        Store store = FuzzedStore.open(directory);
        Keyspace entries = store.keyspace("entries");
        for (int i = 0; i < ENTRIES; i++) {
            try {
                entries.put(key(i), key(-i));
                written++;
            } catch (StoreException e) {
                break;
            }
        }
        assertThat(written).isBetween(1, ENTRIES);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < ENTRIES; i++) {
                        entries.get(key(i));
                    }
                    store.close();
                })
                .isInstanceOf(StoreException.class);
        try {
            store.close();
        } catch (StoreException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
        }

        Map<String, byte[]> without = new TreeMap<>(directory.visibleFiles());
        without.remove("checkpoint");
        try (Store again = FuzzedStore.open(new SimulatedDirectory(without))) {
            for (int i = 0; i < ENTRIES; i++) {
                byte[] value = again.keyspace("entries").get(key(i));
                if (i < written) {
                    assertThat(value).isEqualTo(key(-i));
                } else if (i > written) {
                    assertThat(value).isEqualTo(key(i));
                }
            }
        }
    }
}
