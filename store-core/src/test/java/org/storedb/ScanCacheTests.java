package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.Keyspace.Direction;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

/** What is in the cache can be told by reads that fail: a scan of values that are kept needs none. */
class ScanCacheTests {

    private static final int ENTRIES = 1000;
    private static final int MIB = 1 << 20;

    private final FailingReads reads = new FailingReads();
    private final Store store = open(MIB);
    private final Keyspace entries = store.keyspace("entries");

    private Store open(long bytesMax) {
        return Store.open(
                new InterceptedDirectory(new MemoryDirectory(), reads),
                StoreOptions.defaults().withScanCacheBytesMax(bytesMax).withSegmentBytes(1 << 20));
    }

    @AfterEach
    void close() {
        reads.failing = false;
        store.close();
    }

    @Test
    void valuesAreKeptFromTheSecondScanOn() {
        fill(entries);
        List<String> first = scan(entries, Direction.ASCENDING);
        assertThat(store.stats().scanCacheBytes()).isZero();
        scan(entries, Direction.ASCENDING);
        assertThat(store.stats().scanCacheBytes()).isBetween(ENTRIES * 20L, ENTRIES * 60L);

        reads.failing = true;
        assertThat(scan(entries, Direction.ASCENDING)).isEqualTo(first);
        List<String> backward = scan(entries, Direction.DESCENDING);
        assertThat(IntStream.range(0, ENTRIES).mapToObj(i -> backward.get(ENTRIES - 1 - i)))
                .isEqualTo(first);
        assertThat(entries.scan(KeyRange.between(key(490), key(510)))).hasSize(20);
        Snapshot snapshot = store.snapshot();
        try (Transaction transaction = store.begin(TransactionOptions.defaults())) {
            assertThat(scan(snapshot.keyspace("entries"), Direction.ASCENDING)).isEqualTo(first);
            assertThat(scan(transaction.keyspace("entries"), Direction.ASCENDING))
                    .isEqualTo(first);
        }
    }

    @Test
    void aChangedLeafBeginsWithoutValuesAndFreesTheFormerOnes() {
        fill(entries);
        scanRepeatedly(entries);
        long before = store.stats().scanCacheBytes();
        Snapshot snapshot = store.snapshot();
        entries.put(key(500), "changed".getBytes(UTF_8));
        entries.delete(key(501));
        assertThat(scan(entries, Direction.ASCENDING))
                .hasSize(ENTRIES - 1)
                .contains("changed")
                .doesNotContain(value(500), value(501));
        assertThat(store.stats().scanCacheBytes()).isBetween(before / 2, before - 1);
        scan(entries, Direction.ASCENDING);
        assertThat(store.stats().scanCacheBytes()).isBetween(before - 100, before);
        assertThat(scan(snapshot.keyspace("entries"), Direction.ASCENDING))
                .hasSize(ENTRIES)
                .contains(value(500), value(501));
        for (int i = 0; i < ENTRIES; i++) {
            entries.put(key(i), "new".getBytes(UTF_8));
        }
        assertThat(scan(entries, Direction.ASCENDING)).containsOnly("new");
        assertThat(store.stats().scanCacheBytes()).isBetween(1L, before / 10); // The leaf that only the snapshot has.
    }

    @Test
    void ownWritesOfATransactionAreNotKept() {
        fill(entries);
        try (Transaction transaction = store.begin(TransactionOptions.defaults())) {
            Keyspace own = transaction.keyspace("entries");
            for (int i = 0; i < ENTRIES; i++) {
                own.put(key(i), ("own " + i).getBytes(UTF_8));
            }
            scanRepeatedly(own);
            assertThat(store.stats().scanCacheBytes()).isZero();
            own.put(key(7), "own again".getBytes(UTF_8));
            assertThat(scan(own, Direction.ASCENDING)).contains("own again").doesNotContain("own 7");
        }
        assertThat(scan(entries, Direction.ASCENDING)).contains(value(7)).doesNotContain("own 8");
    }

    @Test
    void documentsAreKeptWithTheirRevisions() {
        DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
        for (long id = 0; id < 300; id++) {
            people.insert(Map.of("id", id, "name", "person " + id));
        }
        for (long id = 0; id < 300; id += 7) {
            people.save(Map.of("id", id, "name", "renamed " + id));
        }
        Query named = Query.where(Filter.contains("name", "named"));
        List<Map<String, @Nullable Object>> found = people.find(named).toList();
        assertThat(found).hasSize(43);
        assertThat(people.find(named).toList()).isEqualTo(found);
        reads.failing = true;
        assertThat(people.find(named).toList()).isEqualTo(found);
        assertThat(people.findVersioned(named))
                .allSatisfy(each -> assertThat(each.revision()).isEqualTo(1));
        assertThat(people.findVersioned(Query.all()).mapToLong(Versioned::revision))
                .filteredOn(revision -> revision == 0)
                .hasSize(257);
    }

    @Test
    void leavesOfLongValuesAreNotKept() {
        Keyspace large = store.keyspace("large");
        for (int i = 0; i < 200; i++) {
            large.put(key(i), new byte[3000]);
        }
        scanRepeatedly(large);
        assertThat(store.stats().scanCacheBytes()).isZero();
        fill(entries);
        scanRepeatedly(entries);
        assertThat(store.stats().scanCacheBytes()).isPositive();
    }

    @Test
    void nothingIsKeptByShortScansOrWithoutMemory() {
        fill(entries);
        for (int i = 0; i < 500; i++) {
            assertThat(entries.scan(KeyRange.from(key(i))).limit(2)).hasSize(2);
        }
        assertThat(store.stats().scanCacheBytes()).isZero();
        try (Store without = open(0)) {
            fill(without.keyspace("entries"));
            scanRepeatedly(without.keyspace("entries"));
            assertThat(without.stats().scanCacheBytes()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreOptions.defaults().withScanCacheBytesMax(-1))
                .withMessageContaining("scanCacheBytesMax");
    }

    @Test
    void oneScanAddsAQuarterAndWhatIsScannedOftenStays() {
        int max = 24_000;
        try (Store small = open(max)) {
            Keyspace keyspace = small.keyspace("entries");
            fill(keyspace);
            scan(keyspace, Direction.ASCENDING);
            scan(keyspace, Direction.ASCENDING);
            assertThat(small.stats().scanCacheBytes()).isBetween(max / 4L, max / 3L);

            KeyRange often = KeyRange.between(key(900), key(930));
            for (int i = 0; i < 100; i++) {
                assertThat(keyspace.scan(often)).hasSize(30);
                if (i % 5 == 0) {
                    scan(keyspace, Direction.ASCENDING);
                }
                assertThat(small.stats().scanCacheBytes()).isLessThanOrEqualTo(max);
            }
            reads.failing = true;
            assertThat(keyspace.scan(often)).hasSize(30);
            assertThatExceptionOfType(StoreIoException.class).isThrownBy(() -> scan(keyspace, Direction.ASCENDING));
        }
    }

    /** With a cache that is too small, so that values come and go. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void scansAgreeWithAModelWhileEverythingChanges(long seed) {
        Random random = new Random(seed);
        try (Store small = open(seed % 2 == 0 ? MIB : 30_000)) {
            Keyspace keyspace = small.keyspace("entries");
            TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
            List<Held> held = new ArrayList<>();
            for (int step = 0; step < 4000; step++) {
                byte[] key = key(random.nextInt(ENTRIES));
                byte[] value =
                        ByteBuffer.allocate(4 + random.nextInt(60)).putInt(step).array();
                switch (random.nextInt(12)) {
                    case 0 -> assertThat(keyspace.delete(key)).isEqualTo(model.remove(key) != null);
                    case 1, 2, 3 -> requireSameScan(keyspace, model, random);
                    case 4 -> {
                        if (held.size() > 3) {
                            Held first = held.remove(0);
                            requireSameScan(first.snapshot.keyspace("entries"), first.model, random);
                        }
                        held.add(new Held(small.snapshot(), new TreeMap<>(model)));
                    }
                    default -> {
                        keyspace.put(key, value);
                        model.put(key, value);
                    }
                }
                if (step % 1000 == 999) {
                    small.compact().join();
                }
            }
        }
    }

    private static void requireSameScan(Keyspace keyspace, NavigableMap<byte[], byte[]> model, Random random) {
        byte[] from = key(random.nextInt(ENTRIES));
        boolean ascending = random.nextBoolean();
        int limit = 1 + random.nextInt(300);
        List<KeyValue> scanned = keyspace.scan(
                        ascending ? KeyRange.from(from) : KeyRange.between(key(0), from),
                        ascending ? Direction.ASCENDING : Direction.DESCENDING)
                .limit(limit)
                .toList();
        List<Map.Entry<byte[], byte[]>> expected = (ascending
                        ? model.tailMap(from, true)
                        : model.headMap(from, false).descendingMap())
                .entrySet().stream().limit(limit).toList();
        assertThat(scanned).hasSameSizeAs(expected);
        for (int i = 0; i < scanned.size(); i++) {
            assertThat(scanned.get(i).key()).isEqualTo(expected.get(i).getKey());
            assertThat(scanned.get(i).value()).isEqualTo(expected.get(i).getValue());
        }
    }

    private static void scanRepeatedly(Keyspace keyspace) {
        for (int i = 0; i < 3; i++) {
            scan(keyspace, Direction.ASCENDING);
        }
    }

    private static List<String> scan(Keyspace keyspace, Direction direction) {
        return keyspace.scan(KeyRange.all(), direction)
                .map(entry -> new String(entry.value(), UTF_8))
                .toList();
    }

    private static void fill(Keyspace keyspace) {
        for (int i = 0; i < ENTRIES; i++) {
            keyspace.put(key(i), value(i).getBytes(UTF_8));
        }
    }

    private static byte[] key(int number) {
        return "key %05d".formatted(number).getBytes(UTF_8);
    }

    private static String value(int number) {
        return "the value of number %05d".formatted(number);
    }

    private record Held(Snapshot snapshot, NavigableMap<byte[], byte[]> model) {}

    private static final class FailingReads implements IoInterceptor {

        private boolean failing;

        @Override
        public void before(IoOperation operation) throws IOException {
            if (failing && operation.kind() == IoOperation.Kind.READ) {
                throw new IOException("fails on purpose");
            }
        }
    }
}
