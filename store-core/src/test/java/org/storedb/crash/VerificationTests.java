package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreClosedException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;
import org.storedb.maintenance.VerificationReport;
import org.storedb.storage.StorageFile;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What {@link Store#verify} finds and what it does not: no damage may stay hidden, and sound stores raise no alarm. */
class VerificationTests {

    private static final int STEPS = 40;

    @Test
    void soundStoresRaiseNoAlarm() {
        int runs = CampaignSize.of(30);
        long verifications = 0;
        for (int run = 0; run < runs; run++) {
            long seed = CampaignSize.firstSeed() + run;
            Durability durability = List.of(Durability.values()).get(run % Durability.values().length);
            Workload workload = new Workload(seed, new SimulatedDirectory(), durability);
            workload.open();
            for (int step = 0; step < STEPS; step++) {
                workload.run(workload.anyStep());
                VerificationReport report = workload.store().verify();
                verifications++;
                assertThat(report.problems()).as("seed %d, step %d", seed, step).isEmpty();
                assertThat(report.isSound()).isTrue();
            }
            workload.close();
        }
        CampaignSize.report("Verification: %,d of sound stores, no alarm", verifications);
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void commitsAndCompactionsBesideRaiseNoAlarm() throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withCompaction(new CompactionPolicy(true, 0.2))
                .withDurability(Durability.OS);
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean stop = new AtomicBoolean();
        try (Store store = Store.open(new MemoryDirectory(), options)) {
            store.collection("people").createIndex(IndexDefinition.on("city"));
            store.collection("people").createIndex(IndexDefinition.uniqueOn("email"));
            List<Future<?>> work = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                int number = writer;
                work.add(threads.submit(() -> write(store, number, stop)));
            }
            work.add(threads.submit(() -> {
                while (!stop.get()) {
                    store.compact().join();
                }
            }));
            for (int i = 0; i < CampaignSize.of(60); i++) {
                assertThat(store.verify().problems()).isEmpty();
            }
            stop.set(true);
            for (Future<?> each : work) {
                each.get(30, TimeUnit.SECONDS);
            }
            assertThat(store.compactionStatus().lastResults().get(0).failure()).isNull();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(Store store, int writer, AtomicBoolean stop) {
        Random random = new Random(writer);
        Keyspace entries = store.keyspace("entries");
        for (int i = 0; !stop.get(); i++) {
            byte[] key = {(byte) writer, (byte) random.nextInt(100)};
            if (random.nextInt(4) == 0) {
                entries.delete(key);
            } else {
                entries.put(key, new byte[random.nextInt(2000)]);
            }
            String id = writer + "-" + random.nextInt(50);
            store.collection("people").save(Map.of("id", id, "city", "c" + random.nextInt(5), "email", id + "@" + i));
        }
    }

    @Test
    void aFlippedBitIsFoundAndTheKeyIsNamed() {
        MemoryDirectory directory = new MemoryDirectory();
        long flips = 0;
        long hits = 0;
        try (Store store = open(directory)) {
            fill(store);
            SortedMap<String, String> contents = Contents.of(store);
            Random random = new Random(CampaignSize.firstSeed());
            long bytes = store.stats().log().bytesOnDisk();
            for (int i = 0; i < CampaignSize.of(1500); i++) {
                long at = i * bytes / CampaignSize.of(1500);
                byte mask = (byte) (1 << random.nextInt(8));
                flip(directory, at, mask);
                VerificationReport report = store.verify();
                assertThat(report.hasDamage()).as("bit %s at %d", mask, at).isTrue();
                boolean named = report.problems().stream().anyMatch(problem -> problem.kind() == Kind.DAMAGED_RECORD);
                boolean inCatalog =
                        report.problems().stream().anyMatch(problem -> "the catalog".equals(problem.tree()));
                assertThat(named)
                        .as("a key is named, %s at %d", mask, at)
                        .isEqualTo(inCatalog || !isReadable(store, contents));
                assertThat(report.problems())
                        .extracting(StoreProblem::kind)
                        .containsOnly(
                                named
                                        ? new Kind[] {Kind.DAMAGED_FILE, Kind.DAMAGED_RECORD}
                                        : new Kind[] {Kind.DAMAGED_FILE});
                flips++;
                hits += named ? 1 : 0;
                flip(directory, at, mask);
            }
            assertThat(store.verify().isSound()).isTrue();
        }
        CampaignSize.report("Verification: %,d flipped bits, all found, %,d of them in current records", flips, hits);
        assertThat(hits).isBetween(flips / 10, flips - 1);
    }

    @Test
    void filesThatNothingUsesAreLeaks() throws Exception {
        MemoryDirectory directory = new MemoryDirectory();
        try (Store store = open(directory)) {
            fill(store);
            directory.create("segment-0000009999.log", 100).close();
            directory.create("notes.txt", 0).close();
            VerificationReport report = store.verify();
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(Kind.LEAKED_FILE);
                assertThat(problem.file()).isEqualTo("segment-0000009999.log");
            });
            assertThat(report.hasDamage()).isFalse();
            assertThat(report.isSound()).isFalse();
        }
    }

    @Test
    void progressIsToldAndCancellationHeard() {
        try (Store store = open(new MemoryDirectory())) {
            fill(store);
            List<OperationProgress> progress = new ArrayList<>();
            store.verify(OperationMonitor.of(progress::add));
            assertThat(progress)
                    .extracting(OperationProgress::phase)
                    .contains("reading the log", "reading the records");
            assertThat(progress).anyMatch(each -> each.total() > 0 && each.done() == each.total());
            assertThatThrownBy(() -> store.verify(OperationMonitor.of(each -> {}, () -> true)))
                    .isInstanceOf(OperationCancelledException.class)
                    .hasMessageContaining("verification");
            Store closing = open(new MemoryDirectory());
            assertThatThrownBy(() -> closing.verify(OperationMonitor.of(each -> closing.close())))
                    .isInstanceOf(StoreClosedException.class);
        }
    }

    private static boolean isReadable(Store store, SortedMap<String, String> contents) {
        try {
            return Contents.of(store).equals(contents);
        } catch (CorruptStoreException e) {
            return false;
        }
    }

    private static Store open(MemoryDirectory directory) {
        return TestStores.open(
                directory,
                StoreOptions.defaults()
                        .withSegmentBytes(64 << 10)
                        .withCompaction(CompactionPolicy.manual())
                        .withScanCacheBytesMax(0), // What can be read is what the log has.
                TestEnvironments.stepped(1, new SteppedTasks()));
    }

    /** Live and dead records, deletes, and indexes. */
    private static void fill(Store store) {
        Random random = new Random(5);
        Contents.people(store).createIndex(IndexDefinition.on("city"));
        for (int i = 0; i < 60; i++) {
            byte[] value = new byte[random.nextInt(400)];
            random.nextBytes(value);
            store.keyspace(Contents.KEYSPACE).put(("key" + random.nextInt(30)).getBytes(UTF_8), value);
            Contents.people(store).save(Map.of("id", "p" + random.nextInt(20), "city", "c" + random.nextInt(3)));
        }
        store.keyspace(Contents.KEYSPACE).delete("key1".getBytes(UTF_8));
    }

    private static void flip(MemoryDirectory directory, long at, byte mask) {
        try (StorageFile file = directory.open("segment-0000000001.log")) {
            byte[] one = new byte[1];
            file.read(at, one, 0, 1);
            one[0] ^= mask;
            file.write(at, one, 0, 1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
