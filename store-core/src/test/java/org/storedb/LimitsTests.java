package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.LimitExceededException;
import org.storedb.error.StoreFullException;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeTransaction;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.Environment;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.AfterRename;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class LimitsTests {

    private static final long MIB = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void timesTooLongToBeCountedAreForEver() throws InterruptedException {
        StoreOptions options = StoreOptions.defaults()
                .withDurability(Durability.INTERVAL)
                .withSyncInterval(LONGEST)
                .withSlowQueries(SlowQueryPolicy.from(LONGEST))
                .withChangeRetention(ChangeRetention.defaults().withAge(LONGEST));
        try (Store store = Store.openInMemory(options)) {
            ChangeRequest request = ChangeRequest.all().named("all").recordedEvery(1000, LONGEST);
            ChangeReader reader = store.changes().read(request);
            Transaction transaction = store.begin(TransactionOptions.defaults().withTimeout(LONGEST));
            transaction.keyspace("entries").put(key(1), new byte[1]);
            transaction.commit();
            store.sync();

            ChangeTransaction changes = reader.next(LONGEST);
            assertThat(changes).isNotNull();
            assertThat(reader.next(Duration.ofMillis(1))).isNull();
            assertThat(store.awaitSequence(1, LONGEST)).isTrue();
        }
    }

    @Test
    void entriesBeyondTheLimitAreRefused() {
        try (Store store = Store.openInMemory(StoreOptions.defaults().withEntriesMax(3))) {
            Keyspace entries = store.keyspace("entries");
            entries.put(key(1), new byte[1]);
            entries.put(key(2), new byte[1]);
            store.collection("people").insert(Map.of("id", "ada"));

            assertThatExceptionOfType(StoreFullException.class)
                    .isThrownBy(() -> entries.put(key(3), new byte[1]))
                    .withMessage(
                            "The store has 3 entries, 1 more would exceed entriesMax, 3. Delete something, or raise"
                                    + " entriesMax");
            assertThat(entries.exists(key(3))).isFalse();
        }
    }

    @Test
    void entriesMayBeReplacedAndDeletedAtTheLimit() {
        try (Store store = Store.openInMemory(StoreOptions.defaults().withEntriesMax(2))) {
            Keyspace entries = store.keyspace("entries");
            entries.put(key(1), new byte[1]);
            entries.put(key(2), new byte[1]);
            entries.put(key(2), new byte[2]);
            entries.write(new WriteBatch().delete(key(1)).put(key(3), new byte[3]));
            entries.delete(key(2));
            entries.put(key(4), new byte[1]);

            assertThat(entries.count()).isEqualTo(2);
            assertThatExceptionOfType(StoreFullException.class).isThrownBy(() -> entries.put(key(5), new byte[1]));
        }
    }

    @Test
    void transactionThatExceedsTheLimitIsRefusedAsAWhole() {
        try (Store store = Store.openInMemory(StoreOptions.defaults().withEntriesMax(2))) {
            assertThatExceptionOfType(StoreFullException.class)
                    .isThrownBy(() -> store.runInTransaction(transaction -> {
                        for (int i = 0; i < 3; i++) {
                            transaction.keyspace("entries").put(key(i), new byte[1]);
                        }
                    }));
            assertThat(store.keyspace("entries").count()).isZero();
        }
    }

    @Test
    void bytesOnDiskStayBelowTheLimit() {
        StoreOptions options =
                StoreOptions.defaults().withBytesOnDiskMax(2 * MIB).withCompaction(CompactionPolicy.manual());
        try (Store store = Store.openInMemory(options)) {
            int written = fill(store, 0);

            assertThat(store.stats().log().bytesOnDisk()).isBetween(7 * MIB / 4 - 10_000, 7 * MIB / 4);
            for (int i = 0; i < written; i += 2) {
                store.keyspace("entries").delete(key(i));
            }
            long most = 0;
            var compaction = store.compact();
            while (!compaction.isDone()) {
                most = Math.max(most, store.stats().log().bytesOnDisk());
            }
            assertThat(compaction.join().bytesReclaimed()).isGreaterThan(MIB / 2);
            assertThat(most).isLessThanOrEqualTo(2 * MIB);

            assertThat(fill(store, written)).isGreaterThan(written);
            assertThat(store.keyspace("entries").get(key(1))).hasSize(4000);
        }
    }

    /** However little of each segment is dead when deletes are refused at the limit. */
    @Test
    void spreadDeletesAtTheLimitMakeRoomWithCompaction() {
        SimulatedDirectory directory = new SimulatedDirectory();
        StoreOptions options =
                StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual());
        int entries = 5000;
        long bytes;
        try (Store store = TestStores.open(directory, options, TestEnvironments.stepped(1, new SteppedTasks()))) {
            for (int i = 0; i < entries; i++) {
                store.keyspace("entries").put(longKey(i), new byte[800]);
            }
            bytes = store.stats().log().bytesOnDisk();
        }
        SteppedTasks tasks = new SteppedTasks();
        StoreOptions limited = options.withBytesOnDiskMax(bytes + (96 << 10));
        try (Store store = TestStores.open(directory, limited, TestEnvironments.stepped(2, tasks))) {
            Keyspace values = store.keyspace("entries");
            int deleted = 0;
            for (int round = 0; round < 3; round++) {
                int before = deleted;
                try {
                    while (deleted < 1000) {
                        values.delete(longKey(deleted * 53 % entries)); // Each in another segment.
                        deleted++;
                    }
                } catch (StoreFullException e) {
                    assertThat(e).hasMessageContaining("compact the store");
                }
                assertThat(deleted).isGreaterThan(before);
                var compaction = store.compact();
                tasks.runWaiting();
                assertThat(compaction.join().bytesReclaimed()).isPositive();
            }
            values.put(key(0), new byte[800]);
            assertThat(values.count()).isEqualTo(entries - deleted + 1);
            assertThat(store.verify().problems()).isEmpty();
        }
    }

    /** What has no live records needs no room for copies, which there is none of above the limit. */
    @Test
    void storeAboveALowerLimitIsCompactedIntoIt() {
        SimulatedDirectory directory = new SimulatedDirectory();
        StoreOptions options =
                StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual());
        Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
        try (Store store = TestStores.open(directory, options, environment)) {
            for (int i = 0; i < 800; i++) {
                store.keyspace("entries").put(key(i % 100), new byte[4000]);
            }
            assertThat(store.stats().log().bytesOnDisk()).isGreaterThan(3 * MIB);
        }
        SteppedTasks tasks = new SteppedTasks();
        environment = TestEnvironments.stepped(2, tasks);
        try (Store store = TestStores.open(directory, options.withBytesOnDiskMax(MIB), environment)) {
            Keyspace entries = store.keyspace("entries");
            assertThatExceptionOfType(StoreFullException.class)
                    .isThrownBy(() -> entries.put(key(0), new byte[4000]))
                    .withMessageContaining("bytesOnDiskMax");

            var compaction = store.compact();
            tasks.runWaiting();
            compaction.join();

            assertThat(store.stats().log().bytesOnDisk()).isLessThan(MIB / 2);
            entries.put(key(0), new byte[4000]);
            assertThat(entries.count()).isEqualTo(100);
            assertThat(store.verify().problems()).isEmpty();
        }
    }

    /** One of the two segments that puts leave is for a compaction: while it has that, puts go on. */
    @Test
    void compactionDoesNotMakeTheStoreFull() {
        List<Store> compacted = new ArrayList<>();
        int[] puts = {0};
        AfterRename putsMeanwhile = new AfterRename(() ->
                compacted.forEach(store -> store.keyspace("more").put(key(puts[0]++), new byte[100])));
        SteppedTasks tasks = new SteppedTasks();
        StoreOptions options =
                StoreOptions.defaults().withBytesOnDiskMax(MIB).withCompaction(CompactionPolicy.manual());
        try (Store store = TestStores.open(
                new InterceptedDirectory(new SimulatedDirectory(), putsMeanwhile),
                options,
                TestEnvironments.stepped(1, tasks))) {
            Keyspace entries = store.keyspace("entries");
            int written = 0;
            while (store.stats().log().bytesOnDisk() < 14 * MIB / 16 - 20_000) {
                entries.put(key(written++), new byte[1000]);
            }
            for (int i = 0; i < written; i += 20) {
                entries.delete(key(i));
            }
            compacted.add(store);
            var compaction = store.compact();
            tasks.runWaiting();
            compacted.clear();

            assertThat(compaction.join().bytesReclaimed()).isPositive();
            assertThat(store.keyspace("more").count()).isEqualTo(puts[0]).isGreaterThan(5);
            assertThat(store.stats().log().bytesOnDisk()).isLessThan(14 * MIB / 16);
        }
    }

    @Test
    void compactionDoesNotRefuseDeletes() {
        List<Store> compacted = new ArrayList<>();
        int[] next = {1};
        int[] deletes = {0};
        AfterRename deletesMeanwhile = new AfterRename(() -> compacted.forEach(store -> {
            assertThat(store.keyspace("entries").delete(key(next[0]))).isTrue();
            next[0] += 2;
            deletes[0]++;
        }));
        SteppedTasks tasks = new SteppedTasks();
        StoreOptions options =
                StoreOptions.defaults().withBytesOnDiskMax(MIB).withCompaction(CompactionPolicy.manual());
        try (Store store = TestStores.open(
                new InterceptedDirectory(new SimulatedDirectory(), deletesMeanwhile),
                options,
                TestEnvironments.stepped(1, tasks))) {
            Keyspace entries = store.keyspace("entries");
            int written = 0;
            while (store.stats().log().bytesOnDisk() < 14 * MIB / 16 - 20_000) {
                entries.put(key(written++), new byte[50]);
            }
            for (int i = 0; store.stats().log().bytesOnDisk() < 15 * MIB / 16 - 3_000; i += 2) {
                assertThat(entries.delete(key(i))).isTrue();
            }
            compacted.add(store);
            var compaction = store.compact();
            tasks.runWaiting();
            compacted.clear();

            assertThat(compaction.join().bytesReclaimed()).isPositive();
            assertThat(deletes[0]).isGreaterThan(5);
        }
    }

    @Test
    void overwritesGoOnForEverNearTheLimit() throws InterruptedException {
        StoreOptions options =
                StoreOptions.defaults().withBytesOnDiskMax(4 * MIB).withDurability(Durability.OS);
        try (Store store = Store.openInMemory(options)) {
            int refused = 0;
            for (int i = 0; i < 5000; i++) {
                try {
                    store.keyspace("entries").put(key(i % 400), new byte[4000]);
                } catch (StoreFullException e) { // Compaction has not caught up.
                    refused++;
                    Thread.sleep(1);
                    i--;
                }
                assertThat(refused).isLessThan(20_000);
            }
            assertThat(store.stats().log().bytesOnDisk()).isLessThanOrEqualTo(4 * MIB);
            assertThat(store.keyspace("entries").count()).isEqualTo(400);
        }
    }

    @Test
    void longerKeysOfAnEarlierLimitStayUntilTheyAreDeleted() {
        SimulatedDirectory directory = new SimulatedDirectory();
        Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
        String text = "x".repeat(5000);
        try (Store store = TestStores.open(directory, StoreOptions.defaults().withKeyBytesMax(8192), environment)) {
            store.collection("notes").createIndex(IndexDefinition.on("text"));
            store.collection("notes").insert(Map.of("id", "a", "text", text));
        }
        environment = TestEnvironments.stepped(2, new SteppedTasks());
        try (Store store = TestStores.open(directory, StoreOptions.defaults(), environment)) {
            DocumentCollection<Map<String, @Nullable Object>> notes = store.collection("notes");
            Query same = Query.where(Filter.eq("text", text));
            assertThat(store.stats().open().checkpointUsed()).isFalse();
            assertThat(notes.count(same)).isEqualTo(1);
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> notes.insert(Map.of("id", "b", "text", text)));
            assertThat(notes.delete("a")).isTrue();
            assertThat(notes.count(same)).isZero();
        }
    }

    @Test
    void whatExpiresHasAShorterKey() {
        try (Store store = Store.openInMemory(StoreOptions.defaults().withKeyBytesMax(65_535))) {
            Keyspace entries = store.keyspace("entries");
            byte[] longest = new byte[65_527];
            byte[] tooLong = new byte[65_528];
            Expiry expiry = Expiry.after(Duration.ofHours(1));
            entries.put(tooLong, new byte[1]);

            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> entries.put(tooLong, new byte[2], expiry))
                    .withMessageContaining("too long for a document or value that expires: at most 65527");
            assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> entries.expire(tooLong, expiry));
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> store.collection("people").insert(Map.of("id", "x".repeat(65_530)), expiry))
                    .withMessageContaining("too long for a document or value that expires");

            entries.put(longest, new byte[1], expiry);
            assertThat(entries.expiresAt(longest)).isPresent();
            assertThat(entries.get(tooLong)).hasSize(1);
        }
    }

    @Test
    void longerKeysThanALowerLimitAllowsCanBeReplacedAndDeleted(@TempDir Path directory) {
        String text = "x".repeat(8000);
        StoreOptions options = StoreOptions.defaults()
                .withKeyBytesMax(16 << 10)
                .withCheckpoints(new CheckpointPolicy(true, 0, 0, 0)); // So that no index is built anew.
        try (Store store = Store.open(directory, options)) {
            DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
            people.createIndex(IndexDefinition.on("name"));
            people.insertAll(List.of(Map.of("id", "replaced", "name", text), Map.of("id", "deleted", "name", text)));
            store.collection("texts").insert(Map.of("id", text));
        }
        try (Store store = Store.open(directory)) {
            DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
            people.replace(Map.of("id", "replaced", "name", "short"));
            assertThat(people.delete("deleted")).isTrue();
            DocumentCollection<Map<String, @Nullable Object>> texts = store.collection("texts");
            assertThat(texts.get(text)).isPresent();
            texts.save(Map.of("id", text, "n", 1));
            assertThat(texts.delete(text)).isTrue();
            assertThat(texts.get(text)).isEmpty();
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> texts.save(Map.of("id", text)))
                    .withMessageContaining("keyBytesMax");
            assertThat(store.verify().problems()).isEmpty();
        }
    }

    @Test
    void limitsOutOfBoundsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreOptions.defaults().withEntriesMax(0))
                .withMessageContaining("entriesMax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreOptions.defaults().withBytesOnDiskMax(MIB - 1))
                .withMessageContaining("bytesOnDiskMax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompactionPolicy.defaults().withBytesPerSecondMax(0))
                .withMessageContaining("bytesPerSecondMax");
    }

    /** Puts entries until there is no room. */
    private static int fill(Store store, int first) {
        int[] next = {first};
        assertThatExceptionOfType(StoreFullException.class)
                .isThrownBy(() -> {
                    while (true) {
                        store.keyspace("entries").put(key(next[0]), new byte[4000]);
                        next[0]++;
                    }
                })
                .withMessageContaining("bytesOnDiskMax");
        return next[0];
    }

    private static byte[] longKey(int number) {
        return ("k".repeat(400) + number).getBytes(UTF_8);
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
