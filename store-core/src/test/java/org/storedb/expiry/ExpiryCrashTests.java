package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.crash.CampaignSize;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.Environment;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;

/**
 * Cuts the power while documents expire, are removed, renewed and replaced, compacted and checkpointed: what is opened then
 * has all that was acknowledged and has not expired, and nothing else.
 */
class ExpiryCrashTests {

    private static final int STEPS = 60;
    private static final int IDS = 10;
    private static final int IMAGES_AT_ONCE = 3;

    private long images;

    @Test
    void powerMayFailAtAnyOperation() {
        int runs = CampaignSize.of(4);
        for (int i = 0; i < runs; i++) {
            long seed = CampaignSize.firstSeed() + i;
            try {
                new Run(seed).run();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
        CampaignSize.report(
                "Expiry and power failures: %d stores from seed %d, %,d images",
                runs, CampaignSize.firstSeed(), images);
        assertThat(images).isGreaterThan(runs * 100L);
    }

    private record Thing(int number, long expiryMillis) {}

    private final class Run implements IoInterceptor {

        private final Random random;
        private final SimulatedDirectory disk = new SimulatedDirectory();
        private final AtomicLong millis = new AtomicLong(TimedStore.START.toEpochMilli());
        private final AtomicLong nanos = new AtomicLong();
        private final SteppedTasks tasks = new SteppedTasks();
        private final Store store;
        private Map<String, Thing> acknowledged = new TreeMap<>();
        private Map<String, Thing> attempted = acknowledged;
        private boolean judging;

        Run(long seed) {
            random = new Random(seed);
            judging = true;
            store = open(new InterceptedDirectory(disk, this), tasks, 0);
            things(store).createIndex(IndexDefinition.uniqueOn("number"));
            judging = false;
        }

        private Store open(StorageDirectory directory, SteppedTasks background, long setBackMillis) {
            StoreOptions options = StoreOptions.defaults()
                    .withSegmentBytes(1 << 16)
                    .withExpiryGrace(Duration.ofSeconds(5))
                    .withCheckpoints(new CheckpointPolicy(true, 1 << 12, 0.1, 1));
            Environment environment = new Environment(
                    () -> Instant.ofEpochMilli(millis.get() - setBackMillis),
                    nanos::incrementAndGet,
                    new Random(3),
                    background);
            return TestStores.open(directory, options, environment);
        }

        private static DocumentCollection<Map<String, @Nullable Object>> things(Store of) {
            return of.collection("things");
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> save();
                    case 4 -> delete();
                    case 5 -> {
                        long passed = random.nextInt(8_000);
                        millis.addAndGet(passed);
                        nanos.addAndGet(passed * 1_000_000);
                    }
                    case 6 -> {
                        tasks.runRepeated();
                        tasks.runWaiting();
                    }
                    default -> {
                        var running = store.compact();
                        tasks.runWaiting();
                        running.join();
                    }
                }
                acknowledged = attempted;
            }
            store.close();
        }

        private void save() {
            String id = "t" + random.nextInt(IDS);
            long expiryMillis = random.nextInt(3) == 0 ? Long.MAX_VALUE : millis.get() + 1 + random.nextInt(20_000);
            Thing thing = new Thing(random.nextInt(IDS), expiryMillis);
            attempted = new TreeMap<>(acknowledged);
            attempted.put(id, thing);
            Map<String, @Nullable Object> document =
                    new HashMap<>(Map.of("id", id, "number", thing.number, "text", "x".repeat(random.nextInt(4000))));
            try {
                things(store)
                        .save(
                                document,
                                expiryMillis == Long.MAX_VALUE
                                        ? Expiry.never()
                                        : Expiry.at(Instant.ofEpochMilli(expiryMillis)));
            } catch (UniqueIndexViolationException e) {
                attempted = acknowledged;
            }
        }

        private void delete() {
            String id = "t" + random.nextInt(IDS);
            attempted = new TreeMap<>(acknowledged);
            attempted.remove(id);
            things(store).delete(id);
        }

        @Override
        public void after(IoOperation operation) {
            if (judging || !operation.kind().isChange() || random.nextInt(3) > 0) {
                return;
            }
            judging = true;
            new CrashImages(disk, random).forEach(IMAGES_AT_ONCE, this::judge);
            judging = false;
        }

        private void judge(Map<String, byte[]> files) {
            images++;
            Map<String, Integer> found = contents(files, 0);
            assertThat(List.of(visible(acknowledged), visible(attempted))).contains(found);
            // With a clock that was set back, what has expired may be there or not, but nothing is wrong.
            contents(files, Duration.ofDays(1).toMillis());
        }

        private static int number(Map<String, @Nullable Object> document) {
            return ((Number) Objects.requireNonNull(document.get("number"))).intValue();
        }

        private Map<String, Integer> visible(Map<String, Thing> things) {
            Map<String, Integer> visible = new TreeMap<>();
            things.forEach((id, thing) -> {
                if (thing.expiryMillis > millis.get()) {
                    visible.put(id, thing.number);
                }
            });
            return visible;
        }

        private Map<String, Integer> contents(Map<String, byte[]> files, long setBackMillis) {
            try (Store opened = open(new SimulatedDirectory(files), new SteppedTasks(), setBackMillis)) {
                assertThat(opened.verify().problems()).isEmpty();
                Map<String, Integer> byId = new TreeMap<>();
                things(opened).find(Query.all()).forEach(found -> byId.put((String) found.get("id"), number(found)));
                assertThat(things(opened).count(Query.where(Filter.gte("number", 0))))
                        .isEqualTo(byId.size());
                return byId;
            }
        }
    }
}
