package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.WriteBatch;
import org.storedb.error.StoreFullException;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
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
    private final SteppedTasks tasks = new SteppedTasks();
    private final SortedMap<String, Integer> model = new TreeMap<>();
    private QuotaDirectory disk = new QuotaDirectory(files, DISK_BYTES);
    private int nextKey;

    @Test
    void commitThatFindsNoSpaceIsRefusedAsAWhole() {
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
                    store.keyspace("entries").delete(key.getBytes(UTF_8));
                    model.remove(key);
                }
            }
            var compaction = store.compact();
            tasks.runWaiting();
            compaction.join();

            put(store, 3000);
            assertThat(store.stats().fullReason()).isNull();
            assertThat(files.list()).contains("ballast");
            assertContents(store);
        }
        reopenAndCompare();
    }

    @Test
    void writesGoOnWhenTheDiskHasSpaceAgain() {
        try (Store store = open()) {
            for (int round = 0; round < 5; round++) {
                fill(store, 1000 + 777 * round);
                disk.setBytesMax(disk.usedBytes() + 150_000);
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
            Store store = TestStores.open(
                    new QuotaDirectory(new InterceptedDirectory(platter, judge), 80_000 + random.nextInt(150_000)),
                    OPTIONS,
                    TestEnvironments.stepped(round, tasks));
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
        return TestStores.open(disk, OPTIONS, TestEnvironments.stepped(1, tasks));
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
        String key = "key" + nextKey++;
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
