package org.storedb.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Expiry;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.CompactionResult;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.QuotaDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** A compaction that was asked for writes the records of many segments in one order of keys. */
class OneOrderTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int ENTRIES = 10_000;
    private static final long LARGE = 1L << 30;

    private final SteppedTasks tasks = new SteppedTasks();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void keysOfOneSegmentAreAboveThoseOfTheSegmentBefore() {
        try (Store store = open(new MemoryDirectory())) {
            fill(store, "one");
            fill(store, "other");
            assertThat(runsOfSegments(store)).as("before").hasSizeGreaterThan(ENTRIES);
            assertThat(compact(store).segmentsCompacted()).isGreaterThan(20);

            assertThat(placesThatGoOn(store)).isGreaterThanOrEqualTo(2 * ENTRIES);
            assertThat(runsOfSegments(store)).doesNotHaveDuplicates().hasSizeGreaterThan(5);
            assertThat(store.verify().problems()).isEmpty();
            assertThat(compact(store).segmentsCompacted()).as("again").isZero();
        }
    }

    /** As an import does it; of commits that are as long as the frames that a compaction writes. */
    @Test
    void whatWasWrittenInLargeTransactionsComesIntoTheOrderOfKeys() {
        try (Store store = open(new MemoryDirectory())) {
            for (int from = 0; from < ENTRIES; from += 1000) {
                int first = from;
                store.inTransaction(transaction -> {
                    for (int i = first; i < first + 1000; i++) {
                        transaction.keyspace("one").put(key(i), new byte[100]);
                    }
                    return null;
                });
            }
            assertThat(compact(store).segmentsCompacted()).isGreaterThanOrEqualTo(ENTRIES / 1000);

            assertThat(placesThatGoOn(store)).isGreaterThanOrEqualTo(ENTRIES);
            assertThat(runsOfSegments(store)).doesNotHaveDuplicates();
            assertThat(compact(store).segmentsCompacted()).as("again").isZero();
        }
    }

    /** As many segments at once as leave half of the room; never more. */
    @Test
    void copiesTakeHalfOfTheRoomAtMost() {
        QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), LARGE);
        long[] most = new long[1];
        IoInterceptor watch = new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                most[0] = Math.max(most[0], disk.usedBytes());
            }
        };
        try (Store store = open(new InterceptedDirectory(disk, watch))) {
            fill(store, "one");
            long used = disk.usedBytes();
            long room = 12L * SEGMENT_BYTES;
            disk.setBytesMax(used + room);
            most[0] = 0;
            assertThat(compact(store).segmentsCompacted()).isGreaterThan(12);

            assertThat(most[0] - used).isBetween(3L * SEGMENT_BYTES, room / 2);
            assertThat(store.verify().problems()).isEmpty();
            disk.setBytesMax(LARGE);
            assertThat(compact(store).segmentsCompacted()).as("again").isZero();
        }
    }

    /** Commits, expiries and full segments come between the steps of the walk. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrBroughtBackByWhatHappensMeanwhile(long seed) throws IOException {
        MemoryDirectory files = new MemoryDirectory();
        Disturbance disturbance = new Disturbance();
        Random random = new Random(seed);
        Map<Integer, Entry> model = new TreeMap<>();
        try (Store store = open(new InterceptedDirectory(files, disturbance))) {
            Keyspace entries = store.keyspace("one");
            for (int i = 0; i < 600; i++) {
                change(entries, model, random);
            }
            disturbance.action = () -> {
                now = now.plusSeconds(random.nextInt(30));
                assertThat(entries.count()).isEqualTo(expected(model).size());
                change(entries, model, random);
            };
            compact(store);
            disturbance.action = null;

            assertThat(disturbance.times).isGreaterThan(5);
            assertThat(TestStores.state(store).expiries().expiredCount()).isPositive();
            requireSame(store, model);
            compact(store);
            requireSame(store, model);
        }
        files.delete("checkpoint");
        try (Store again = open(files)) {
            requireSame(again, model);
        }
    }

    private void change(Keyspace entries, Map<Integer, Entry> model, Random random) {
        int number = random.nextInt(300);
        if (random.nextInt(5) == 0) {
            entries.delete(key(number));
            model.remove(number);
            return;
        }
        byte[] value = new byte[random.nextInt(20_000)];
        random.nextBytes(value);
        Instant end = random.nextBoolean() ? Instant.MAX : now.plusSeconds(1 + random.nextInt(900));
        entries.put(key(number), value, end.equals(Instant.MAX) ? Expiry.never() : Expiry.at(end));
        model.put(number, new Entry(value, end));
    }

    private Map<Integer, Entry> expected(Map<Integer, Entry> model) {
        Map<Integer, Entry> alive = new TreeMap<>(model);
        alive.values().removeIf(entry -> !entry.end().isAfter(now));
        return alive;
    }

    private void requireSame(Store store, Map<Integer, Entry> model) {
        Map<Integer, Entry> expected = expected(model);
        Keyspace entries = store.keyspace("one");
        for (int number = 0; number < 300; number++) {
            Entry entry = expected.get(number);
            assertThat(entries.get(key(number))).isEqualTo(entry == null ? null : entry.value());
        }
        assertThat(store.verify().problems()).isEmpty();
    }

    private static void fill(Store store, String name) {
        Keyspace entries = store.keyspace(name);
        for (int i = 0; i < ENTRIES; i++) {
            entries.put(key(i), new byte[100]);
        }
    }

    /** Not in the order of the numbers. */
    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number * 0x9E37_79B1).array();
    }

    /** How many records stand behind that of the key before, in the same segment. */
    private static int placesThatGoOn(Store store) {
        int count = 0;
        RecordPointer before = null;
        for (RecordPointer place : places(store)) {
            boolean goesOn = before != null && before.segment() == place.segment() && before.offset() < place.offset();
            boolean begins = before == null || before.segment() < place.segment();
            count += goesOn || begins ? 1 : 0;
            before = place;
        }
        return count;
    }

    /** The segments of the records in the order of trees and keys, each time that it is another one. */
    private static List<Integer> runsOfSegments(Store store) {
        List<Integer> runs = new ArrayList<>();
        for (RecordPointer place : places(store)) {
            if (runs.isEmpty() || runs.get(runs.size() - 1) != place.segment()) {
                runs.add(place.segment());
            }
        }
        return runs;
    }

    private static List<RecordPointer> places(Store store) {
        StoreState state = TestStores.state(store);
        List<RecordPointer> places = new ArrayList<>();
        for (int treeId : state.records().ids()) {
            TreeCursor<RecordPointer> cursor = state.records().get(treeId).cursor(TreeRange.all());
            while (cursor.next()) {
                places.add(cursor.value());
            }
        }
        return places;
    }

    private CompactionResult compact(Store store) {
        CompletableFuture<CompactionResult> running = store.compact();
        tasks.runWaiting();
        return running.join();
    }

    private Store open(StorageDirectory directory) {
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(SEGMENT_BYTES)
                .withDurability(Durability.OS)
                .withCompaction(CompactionPolicy.manual());
        return TestStores.open(directory, options, TestEnvironments.stepped(1, tasks, () -> now));
    }

    /**
     * What a key has.
     *
     * @param end from when on it does not have it any more
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Entry(byte[] value, Instant end) {}

    /** Does something each time when a compaction has written to a segment. */
    private static final class Disturbance implements IoInterceptor {

        private @Nullable Runnable action;
        private boolean acting;
        private int times;

        @Override
        public void after(IoOperation operation) {
            boolean copying = operation.kind() == IoOperation.Kind.WRITE
                    && operation.file().startsWith("segment-");
            if (action != null && copying && !acting) {
                acting = true;
                times++;
                action.run();
                acting = false;
            }
        }
    }
}
