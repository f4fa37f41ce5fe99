package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.WriteBatch;
import org.storedb.error.StoreFullException;
import org.storedb.error.TransactionConflictException;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.AfterRename;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;
import org.storedb.testing.QuotaDirectory;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** A disk that is full, and has space again: the store says so, changes nothing, and goes on without being reopened. */
class FullDiskTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int DISK_BYTES = 300_000;
    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().withSegmentBytes(SEGMENT_BYTES).withCompaction(CompactionPolicy.manual());

    private final SimulatedDirectory files = new SimulatedDirectory();
    private SteppedTasks tasks = new SteppedTasks();
    private final SortedMap<String, Integer> model = new TreeMap<>();
    private QuotaDirectory disk = new QuotaDirectory(files, DISK_BYTES);
    private String keyStart = "key";
    private int nextKey;

    @Test
    void commitThatFindsNoSpaceIsRefusedAsAWhole() {
        disk.claimMore(1 << 30);
        try (Store store = open()) {
            fill(store, 3000);

            assertThatExceptionOfType(StoreFullException.class)
                    .isThrownBy(() -> put(store, 3000))
                    .withMessageContaining("nothing was written")
                    .withMessageContaining("Free space on the disk");
            assertThat(store.stats().fullReason()).contains("No space");
            assertThat(store.stats().failure()).isNull();
            assertContents(store);
        }
        reopenAndCompare();
    }

    @Test
    void deletesAndCompactionGoOnUntilThereIsRoomAgain() {
        try (Store store = open()) {
            fill(store, 3000);
            for (String key : List.copyOf(model.keySet())) {
                if (key.hashCode() % 4 != 0) {
                    delete(store, key);
                }
            }
            compact(store);

            put(store, 3000);
            assertThat(store.stats().fullReason()).isNull();
            assertThat(files.list()).contains("ballast");
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** However little of each segment is dead when deletes are refused: compaction has room for it, and makes more. */
    @Test
    void spreadDeletesAndCompactionTakeTurnsUntilThereIsRoomAgain() {
        disk = new QuotaDirectory(files, 8_000_000);
        keyStart = "k".repeat(400);
        try (Store store = open()) {
            fill(store, 800);
            assertThat(store.stats().fullReason()).contains("kept for deletes and compaction");
            Deque<String> unwanted = someKeys(model.size() / 2);
            int refusals = 0;
            while (!unwanted.isEmpty()) {
                int left = unwanted.size();
                deleteUntilRefused(store, unwanted);
                assertThat(unwanted.size()).as("deletes that are left").isLessThan(left);
                assertThat(compact(store).bytesReclaimed()).isPositive();
                refusals++;
            }
            assertThat(refusals).isBetween(2, 20);

            put(store, 800);
            assertThat(store.stats().fullReason()).isNull();
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** Segments may be from a time when there was more space: the copy of one of those fits, too. */
    @Test
    void roomForTheCopyOfALargerSegmentIsKept() {
        disk = new QuotaDirectory(files, Long.MAX_VALUE / 2);
        StoreOptions options = OPTIONS.withSegmentBytes(4 << 20);
        try (Store store = open(options)) {
            for (int i = 0; i < 200; i++) {
                put(store, 60_000);
            }
        }
        disk.setBytesMax(disk.usedBytes() + (6 << 20));
        try (Store store = open(options)) {
            fill(store, 60_000);
            deleteUntilRefused(store, someKeys(model.size() / 4));
            assertThat(compact(store).bytesReclaimed()).isPositive();

            put(store, 60_000);
            assertThat(store.stats().fullReason()).isNull();
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** Neither deletes nor a checkpoint get more of what is kept for compaction when the store is opened again. */
    @Test
    void whatIsKeptForCompactionOutlastsReopening() {
        disk = new QuotaDirectory(files, 1_000_000);
        StoreOptions options = OPTIONS.withCheckpoints(new CheckpointPolicy(true, 0, 0, 0));
        keyStart = "k".repeat(200);
        Deque<String> unwanted;
        try (Store store = open(options)) {
            fill(store, 300);
            unwanted = someKeys(model.size() - 10);
            deleteUntilRefused(store, unwanted);
        }
        for (int round = 0; round < 10; round++) {
            try (Store store = open(options)) {
                deleteUntilRefused(store, unwanted);
                assertThat(unwanted).isNotEmpty();
            }
        }
        assertThat(files.list()).doesNotContain("checkpoint", "ballast");
        try (Store store = open(options)) {
            assertThat(compact(store).bytesReclaimed()).isPositive();
            deleteUntilRefused(store, unwanted);
            assertContents(store);
            compact(store);
            put(store, 300);
        }
        assertThat(files.list()).contains("checkpoint", "ballast");
        reopenAndCompare();
    }

    /** It does not come to that: a checkpoint that does not fit is given up before commits find the disk full. */
    @Test
    void checkpointThatDoesNotFitLeavesRoomForPuts() {
        disk = new QuotaDirectory(files, Long.MAX_VALUE / 2);
        Store[] opened = new Store[1];
        IoInterceptor putsMeanwhile = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (operation.kind() == Kind.WRITE && operation.file().startsWith("checkpoint")) {
                    put(opened[0], 20_000);
                }
            }
        };
        StoreOptions options = OPTIONS.withCheckpoints(new CheckpointPolicy(true, 0, 0, 0));
        Store store = TestStores.open(
                new InterceptedDirectory(disk, putsMeanwhile), options, TestEnvironments.stepped(1, tasks));
        opened[0] = store;
        Random random = new Random(1);
        for (int i = 0; i < 7000; i++) {
            keyStart = randomText(random, 600);
            put(store, 1);
        }
        int before = model.size();
        disk.setBytesMax(disk.usedBytes() + 2_500_000);
        tasks.runRepeated();
        tasks.runWaiting();

        assertThat(model.size()).as("entries").isGreaterThan(before);
        assertThat(store.stats().checkpoint().lastFailure()).contains("kept for compaction");
        assertThat(store.stats().fullReason()).isNull();
        assertThat(files.list()).contains("ballast").doesNotContain("checkpoint", "checkpoint.new");
        assertContents(store);
        disk.setBytesMax(Long.MAX_VALUE / 2);
        store.close();
        reopenAndCompare();
    }

    /** A copy that is part of the log takes what was kept for it until what it replaces is deleted. */
    @Test
    void compactionDoesNotMakeTheDiskLookFull() {
        disk = new QuotaDirectory(files, Long.MAX_VALUE / 2);
        List<Store> compacted = new ArrayList<>();
        List<@Nullable String> seen = new ArrayList<>();
        AfterRename putsMeanwhile = new AfterRename(() -> compacted.forEach(store -> {
            put(store, 17_000);
            seen.add(store.stats().fullReason());
        }));
        try (Store store = TestStores.open(
                new InterceptedDirectory(disk, putsMeanwhile), OPTIONS, TestEnvironments.stepped(1, tasks))) {
            for (int i = 0; i < 120; i++) {
                put(store, 1000);
            }
            someKeys(20).forEach(key -> delete(store, key));
            disk.setBytesMax(disk.usedBytes() + 230_000);
            compacted.add(store);
            assertThat(compact(store).bytesReclaimed()).isPositive();
            compacted.clear();

            assertThat(seen).hasSizeGreaterThan(1).containsOnlyNulls();
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** A disk that others have filled has no room for compaction: deletes may then free whole segments. */
    @Test
    void deletesTakeTheBallastWhereOthersHaveFilledTheDisk() {
        disk = new QuotaDirectory(files, 1_000_000);
        try (Store store = open()) {
            for (int i = 0; i < 100; i++) {
                put(store, 5000);
            }
            disk.setBytesMax(disk.usedBytes());
            assertThatExceptionOfType(StoreFullException.class).isThrownBy(() -> put(store, 20_000));

            for (String key : List.copyOf(model.keySet())) {
                delete(store, key);
            }
            assertThat(compact(store).bytesReclaimed()).isGreaterThan(400_000);
            put(store, 5000);
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** Others may take even what is kept for the manifest. What needs no space goes on as usual. */
    @Test
    void conflictsAreReportedAndTheStoreIsClosedWhereOthersHaveTakenWhatIsKept() {
        Store store = open();
        fill(store, 3000);
        byte[] first = model.firstKey().getBytes(UTF_8);
        Transaction late = store.begin();
        late.keyspace("entries").delete(first);
        delete(store, model.firstKey());
        disk.setBytesMax(disk.usedBytes() + 5_000);

        assertThatExceptionOfType(TransactionConflictException.class).isThrownBy(late::commit);
        assertContents(store);
        store.close();
        reopenAndCompare();
    }

    @Test
    void writesGoOnWhenTheDiskHasSpaceAgain() {
        try (Store store = open()) {
            for (int round = 0; round < 5; round++) {
                fill(store, 1000 + 777 * round);
                disk.setBytesMax(disk.usedBytes() + 250_000);
                put(store, 500);
                assertThat(store.stats().fullReason()).isNull();
            }
            assertContents(store);
        }
        reopenAndCompare();
    }

    /** What was written of refused commits must not come back, and must not spoil what is written in its place. */
    @Test
    void refusedCommitsNeverAppearAfterAPowerLoss() {
        Random random = new Random(CampaignSize.firstSeed());
        int[] judged = {0};
        int rounds = CampaignSize.of(40);
        for (int round = 0; round < rounds; round++) {
            SimulatedDirectory platter = new SimulatedDirectory();
            SortedMap<String, Integer> acknowledged = new TreeMap<>();
            List<SortedMap<String, Integer>> allowed = new ArrayList<>();
            allowed.add(acknowledged);
            IoInterceptor judge = new IoInterceptor() {
                @Override
                public void after(IoOperation operation) {
                    if (operation.kind().isChange() && random.nextInt(3) == 0) {
                        new CrashImages(platter, random).forEach(12, image -> {
                            judged[0]++;
                            assertThat(allowed).contains(contentsOf(image));
                        });
                    }
                }
            };
            QuotaDirectory quota =
                    new QuotaDirectory(new InterceptedDirectory(platter, judge), 80_000 + random.nextInt(150_000));
            quota.claimMore(1 << 30); // So that space runs out in the middle of a write.
            Store store = TestStores.open(quota, OPTIONS, TestEnvironments.stepped(round, tasks));
            int refused = 0;
            for (int step = 0; step < 60 && refused < 12; step++) {
                SortedMap<String, Integer> next = new TreeMap<>(acknowledged);
                WriteBatch batch = new WriteBatch();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    String key = "key" + random.nextInt(20);
                    byte[] value = new byte[random.nextInt(9000)];
                    batch.put(key.getBytes(UTF_8), value);
                    next.put(key, value.length);
                }
                allowed.add(next);
                try {
                    store.keyspace("entries").write(batch);
                    allowed.remove(acknowledged);
                    acknowledged = next;
                } catch (StoreFullException e) {
                    allowed.remove(next);
                    refused++;
                    new CrashImages(platter, random)
                            .forEach(12, image -> assertThat(contentsOf(image)).isEqualTo(allowed.get(0)));
                }
            }
            assertThat(refused).isPositive();
            store.close();
        }
        CampaignSize.report("Full disk: %d rounds, %,d images", rounds, judged[0]);
    }

    @Test
    void killedStoreSaysHowMuchSpaceItsOpeningTakes() {
        put(open(), 30_000);
        SimulatedDirectory killed = files.afterKill();
        disk = new QuotaDirectory(killed, 20_000);

        assertThatExceptionOfType(StoreFullException.class)
                .isThrownBy(this::open)
                .withMessageContaining("was not closed cleanly")
                .withMessageContaining("30,1") // bytes and the headers around them
                .withMessageContaining("Free that much space on the disk");
        assertThat(killed.list()).noneMatch(name -> name.endsWith(".copy"));
        assertThat(killed.openFiles()).isEmpty();

        disk.setBytesMax(DISK_BYTES);
        try (Store store = open()) {
            assertContents(store);
        }
    }

    private static SortedMap<String, Integer> contentsOf(Map<String, byte[]> image) {
        try (Store store = TestStores.open(
                new SimulatedDirectory(image), OPTIONS, TestEnvironments.stepped(1, new SteppedTasks()))) {
            return contents(store);
        }
    }

    private static SortedMap<String, Integer> contents(Store store) {
        SortedMap<String, Integer> contents = new TreeMap<>();
        store.keyspace("entries")
                .scan(KeyRange.all())
                .forEach(entry -> contents.put(new String(entry.key(), UTF_8), entry.value().length));
        return contents;
    }

    private Store open() {
        return open(OPTIONS);
    }

    private Store open(StoreOptions options) {
        tasks = new SteppedTasks(); // Closed with the store.
        return TestStores.open(disk, options, TestEnvironments.stepped(1, tasks));
    }

    private CompactionResult compact(Store store) {
        CompletableFuture<CompactionResult> compaction = store.compact();
        tasks.runWaiting();
        return compaction.join();
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.substring(0, length);
    }

    /** Some keys, in no order. */
    private Deque<String> someKeys(int number) {
        List<String> keys = new ArrayList<>(model.keySet());
        Collections.shuffle(keys, new Random(1));
        return new ArrayDeque<>(keys.subList(0, number));
    }

    /** Deletes the first keys one by one, until there are no more or one is refused, and removes what was deleted. */
    private void deleteUntilRefused(Store store, Deque<String> keys) {
        try {
            while (!keys.isEmpty()) {
                delete(store, keys.getFirst());
                keys.removeFirst();
            }
        } catch (StoreFullException e) {
            assertThat(e).hasMessageContaining("kept for compaction").hasMessageContaining("Compact the store");
        }
    }

    private void delete(Store store, String key) {
        store.keyspace("entries").delete(key.getBytes(UTF_8));
        model.remove(key);
    }

    /** Writes until there is no space. */
    private void fill(Store store, int valueBytes) {
        assertThatExceptionOfType(StoreFullException.class).isThrownBy(() -> {
            while (true) {
                put(store, valueBytes);
            }
        });
    }

    private void put(Store store, int valueBytes) {
        String key = keyStart + nextKey++;
        Keyspace entries = store.keyspace("entries");
        entries.put(key.getBytes(UTF_8), new byte[valueBytes]);
        model.put(key, valueBytes);
    }

    private void assertContents(Store store) {
        assertThat(contents(store)).isEqualTo(model);
    }

    private void reopenAndCompare() {
        disk = new QuotaDirectory(files, Long.MAX_VALUE / 2);
        assertThat(files.openFiles()).isEmpty();
        try (Store store = open()) {
            assertContents(store);
        }
    }
}
