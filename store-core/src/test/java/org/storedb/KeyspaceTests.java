package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.InvalidNameException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;

class KeyspaceTests {

    @TempDir
    Path directory;

    private Store store = Store.openInMemory();
    private Keyspace words = store.keyspace("words");

    @BeforeEach
    void openOnDisk() {
        store.close();
        store = Store.open(directory);
        words = store.keyspace("words");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void getReturnsWhatWasPut() {
        words.put(bytes("one"), bytes("eins"));

        assertThat(words.get(bytes("one"))).isEqualTo(bytes("eins"));
        assertThat(words.get(bytes("two"))).isNull();
        assertThat(words.exists(bytes("one"))).isTrue();
        assertThat(words.exists(bytes("two"))).isFalse();
    }

    @Test
    void putReplaces() {
        words.put(bytes("one"), bytes("eins"));
        words.put(bytes("one"), bytes("un"));

        assertThat(words.get(bytes("one"))).isEqualTo(bytes("un"));
        assertThat(words.count()).isEqualTo(1);
    }

    @Test
    void liveBytesAreNeverMoreThanThoseOnDisk() {
        store.runInTransaction(transaction -> {
            for (int i = 0; i < 5_000; i++) {
                transaction.keyspace("words").put(bytes("word " + i), bytes("w"));
            }
        });

        StoreStats stats = store.stats();
        assertThat(stats.log().liveBytes())
                .isPositive()
                .isLessThanOrEqualTo(stats.log().bytesOnDisk());
        assertThat(stats.log().segments()).isNotEmpty().allMatch(segment -> segment.liveBytes() <= segment.bytes());
    }

    @Test
    void keysAreThoseOfTheScan() {
        for (int i = 0; i < 1000; i++) {
            words.put(bytes("key " + i), bytes("value " + i));
        }
        KeyRange range = KeyRange.between(bytes("key 2"), bytes("key 7"));
        for (Keyspace.Direction direction : Keyspace.Direction.values()) {
            List<byte[]> scanned =
                    words.scan(range, direction).map(KeyValue::key).toList();
            assertThat(words.keys(range, direction).toList()).hasSize(555).containsExactlyElementsOf(scanned);
        }
        assertThat(words.keys(KeyRange.prefix(bytes("key 99"))).map(key -> new String(key, UTF_8)))
                .containsExactly(
                        "key 99", "key 990", "key 991", "key 992", "key 993", "key 994", "key 995", "key 996",
                        "key 997", "key 998", "key 999");
        assertThat(store.keyspace("never-written").keys(KeyRange.all())).isEmpty();
    }

    @Test
    void scanKnowsHowManyEntriesAreLeft() {
        for (int i = 0; i < 100; i++) {
            words.put(bytes("key " + i), bytes("value " + i));
        }
        Spliterator<KeyValue> entries = words.scan(KeyRange.all()).spliterator();
        List<String> read = new ArrayList<>();
        for (int left = 100; left > 50; left--) {
            assertThat(entries.getExactSizeIfKnown()).isEqualTo(left);
            assertThat(entries.tryAdvance(entry -> read.add(new String(entry.value(), UTF_8))))
                    .isTrue();
        }
        entries.forEachRemaining(entry -> read.add(new String(entry.value(), UTF_8)));

        assertThat(entries.getExactSizeIfKnown()).isZero();
        assertThat(entries.tryAdvance(entry -> read.add("one too many"))).isFalse();
        assertThat(read)
                .hasSize(100)
                .containsExactlyElementsOf(words.scan(KeyRange.all())
                        .map(entry -> new String(entry.value(), UTF_8))
                        .toList());
        assertThat(words.scan(KeyRange.all()).parallel().map(entry -> new String(entry.value(), UTF_8)))
                .containsExactlyElementsOf(read);
    }

    @Test
    void deleteTellsWhetherItWasThere() {
        words.put(bytes("one"), bytes("eins"));

        assertThat(words.delete(bytes("one"))).isTrue();
        assertThat(words.delete(bytes("one"))).isFalse();
        assertThat(words.get(bytes("one"))).isNull();
    }

    @Test
    void emptyValueIsAValue() {
        words.put(bytes("nothing"), new byte[0]);

        assertThat(words.get(bytes("nothing"))).isEmpty();
    }

    @Test
    void everythingIsThereAfterReopening() {
        words.put(bytes("one"), bytes("eins"));
        words.put(bytes("two"), bytes("zwei"));
        words.delete(bytes("one"));

        reopen();

        assertThat(words.get(bytes("one"))).isNull();
        assertThat(words.get(bytes("two"))).isEqualTo(bytes("zwei"));
        assertThat(words.count()).isEqualTo(1);
    }

    @Test
    void scansInBothDirections() {
        for (String word : List.of("delta", "alpha", "charlie", "bravo")) {
            words.put(bytes(word), bytes(word.toUpperCase(java.util.Locale.ROOT)));
        }

        assertThat(keys(words.scan(KeyRange.all()).toList())).containsExactly("alpha", "bravo", "charlie", "delta");
        assertThat(keys(words.scan(KeyRange.all(), Keyspace.Direction.DESCENDING)
                        .toList()))
                .containsExactly("delta", "charlie", "bravo", "alpha");
        assertThat(keys(words.scan(KeyRange.between(bytes("b"), bytes("d"))).toList()))
                .containsExactly("bravo", "charlie");
        assertThat(words.count(KeyRange.from(bytes("c")))).isEqualTo(2);
        assertThat(words.count(KeyRange.before(bytes("bravo")))).isEqualTo(1);
    }

    @Test
    void prefixScanStopsAtTheLastKeyWithThePrefix() {
        words.put(new byte[] {(byte) 0xFF}, bytes("a"));
        words.put(new byte[] {(byte) 0xFF, (byte) 0xFF}, bytes("b"));
        words.put(new byte[] {(byte) 0xFE, 1}, bytes("c"));

        assertThat(words.count(KeyRange.prefix(new byte[] {(byte) 0xFF}))).isEqualTo(2);
        assertThat(words.count(KeyRange.prefix(new byte[] {(byte) 0xFE}))).isEqualTo(1);
        assertThat(words.count(KeyRange.prefix(new byte[0]))).isEqualTo(3);
    }

    @Test
    void scanSeesTheStateOfItsBeginning() {
        words.put(bytes("one"), bytes("eins"));
        var scan = words.scan(KeyRange.all());
        words.put(bytes("two"), bytes("zwei"));

        assertThat(scan).hasSize(1);
    }

    @Test
    void batchIsAppliedInItsOrder() {
        words.write(new WriteBatch()
                .put(bytes("one"), bytes("eins"))
                .delete(bytes("one"))
                .put(bytes("two"), bytes("zwei"))
                .put(bytes("two"), bytes("deux")));

        assertThat(words.get(bytes("one"))).isNull();
        assertThat(words.get(bytes("two"))).isEqualTo(bytes("deux"));
    }

    @Test
    void batchWithAKeyThatIsTooLongChangesNothing() {
        WriteBatch batch = new WriteBatch().put(bytes("one"), bytes("eins")).put(new byte[5000], bytes("x"));

        assertThatThrownBy(() -> words.write(batch))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("5000")
                .hasMessageContaining("4096")
                .hasMessageContaining("words");
        assertThat(words.count()).isZero();

        assertThatThrownBy(() -> store.runInTransaction(transaction -> {
                    assertThatThrownBy(() -> transaction.keyspace("words").write(batch))
                            .isInstanceOf(LimitExceededException.class);
                    assertThat(transaction.keyspace("words").count()).isZero();
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
    }

    @Test
    void keysAndValuesHaveLimits() {
        assertThatThrownBy(() -> words.put(new byte[0], bytes("x"))).isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> words.put(bytes("x"), new byte[17 << 20]))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("valueBytesMax");
        words.put(new byte[4096], new byte[16 << 20]);
        reopen();
        assertThat(words.get(new byte[4096])).hasSize(16 << 20);
    }

    @Test
    void namesAreChecked() {
        for (String name : List.of("", "a/b", "..", "ä", "a".repeat(129), "-a", "a b")) {
            assertThatThrownBy(() -> store.keyspace(name)).isInstanceOf(InvalidNameException.class);
        }
        assertThat(store.keyspace("a.b-c_D9").count()).isZero();
    }

    @Test
    void keyspacesAndCollectionsOfOneNameAreApart() {
        words.put(bytes("one"), bytes("eins"));

        assertThat(store.collection("words").count()).isZero();
        assertThat(store.keyspace("other").count()).isZero();
    }

    @Test
    void snapshotKeepsItsState() {
        words.put(bytes("one"), bytes("eins"));
        Snapshot snapshot = store.snapshot();
        words.put(bytes("one"), bytes("un"));
        words.put(bytes("two"), bytes("deux"));

        assertThat(snapshot.keyspace("words").get(bytes("one"))).isEqualTo(bytes("eins"));
        assertThat(snapshot.keyspace("words").count()).isEqualTo(1);
        assertThatThrownBy(() -> snapshot.keyspace("words").put(bytes("x"), bytes("y")))
                .isInstanceOf(ReadOnlyException.class);
    }

    @Test
    void closedStoreRefusesEverything() {
        Snapshot snapshot = store.snapshot();
        store.close();
        store.close();

        assertThat(store.isOpen()).isFalse();
        assertThatThrownBy(() -> words.get(bytes("one"))).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> words.put(bytes("one"), bytes("x"))).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> store.begin()).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> snapshot.keyspace("words")).isInstanceOf(StoreClosedException.class);
        assertThatThrownBy(() -> store.stats()).isInstanceOf(StoreClosedException.class);
    }

    @Test
    void interruptedThreadHarmsNobody() {
        Thread.currentThread().interrupt();
        words.put(bytes("one"), bytes("eins"));
        assertThat(words.get(bytes("one"))).isEqualTo(bytes("eins"));
        assertThat(Thread.interrupted()).isTrue();

        words.put(bytes("two"), bytes("zwei"));
        reopen();
        assertThat(words.count()).isEqualTo(2);
    }

    private void reopen() {
        store.close();
        store = Store.open(directory);
        words = store.keyspace("words");
    }

    private static List<String> keys(List<KeyValue> entries) {
        return entries.stream().map(entry -> new String(entry.key(), UTF_8)).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
