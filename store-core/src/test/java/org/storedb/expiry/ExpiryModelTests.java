package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.Access;
import org.storedb.CheckpointPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.StoreOptions;
import org.storedb.Transaction;
import org.storedb.crash.CampaignSize;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/**
 * Random writes, steps of the clock, compactions, checkpoints, kills and reopenings, each followed by every kind of read;
 * the same as a map that is cleared of what has expired.
 */
class ExpiryModelTests {

    private static final int STEPS = 400;
    private static final int IDS = 12;
    private static final List<String> COLOURS = List.of("blue", "green", "red");

    /** What a document should be; never changed. */
    private record Thing(String colour, @Nullable Integer code, long revision, long expiryMillis) {}

    private final Map<String, Long> done = new TreeMap<>();

    @Test
    void storeIsWhatTheModelIs() {
        int runs = CampaignSize.of(8);
        for (int i = 0; i < runs; i++) {
            long seed = CampaignSize.firstSeed() + i;
            try {
                new Run(seed).run();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
        CampaignSize.report("Expiry: %d stores from seed %d, %s", runs, CampaignSize.firstSeed(), done);
        assertThat(done.keySet())
                .contains("expired", "removed", "reused a unique value", "conflict", "killed", "reopened");
    }

    private final class Run {

        private final Random random;
        private final TimedStore timed;
        private final Map<String, Thing> model = new TreeMap<>();
        private long clockAheadMillis;
        private @Nullable Snapshot snapshot;
        private Map<String, Thing> snapshotModel = Map.of();
        private @Nullable Store reader;

        Run(long seed) {
            random = new Random(seed);
            timed = new TimedStore(options());
            timed.collection().createIndex(IndexDefinition.on("colour"));
            timed.collection().createIndex(IndexDefinition.uniqueOn("code"));
        }

        private StoreOptions options() {
            return StoreOptions.defaults()
                    .withSegmentBytes(1 << 16)
                    .withExpiryGrace(Duration.ofSeconds(random.nextInt(3) * 20L))
                    .withCheckpoints(
                            random.nextBoolean()
                                    ? CheckpointPolicy.none()
                                    : new CheckpointPolicy(true, 1 << 16, 0.1, 1));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
                forget(model, now());
                check(timed.store(), model);
                if (snapshot != null) {
                    check(snapshot, snapshotModel);
                }
                // How late it is a reader knows of its own clock and of the last commit.
                if (reader != null && clockAheadMillis == 0 && random.nextInt(4) == 0) {
                    reader.refresh();
                    check(reader, model);
                }
                if (step % 40 == 0) {
                    assertThat(timed.store().verify().problems()).isEmpty();
                }
            }
            assertThat(timed.store().verify().problems()).isEmpty();
            closeReader();
            timed.close();
        }

        /** The store's time, which does not follow the wall clock when that is set back. */
        private long now() {
            return timed.wall().toEpochMilli() + clockAheadMillis;
        }

        private void forget(Map<String, Thing> things, long nowMillis) {
            if (things.values().removeIf(thing -> thing.expiryMillis <= nowMillis)) {
                count("expired");
            }
        }

        private void count(String what) {
            done.merge(what, 1L, Long::sum);
        }

        private void step() {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> write();
                case 6 -> changeExpiry();
                case 7 -> delete();
                case 8, 9 -> inTransaction();
                case 10, 11, 12, 13 -> timed.pass(Duration.ofMillis(random.nextInt(15_000)));
                case 14 -> setBack();
                case 15 -> takeSnapshot();
                case 16, 17 -> runBackground();
                case 18 -> compact();
                default -> reopen();
            }
        }

        private void setBack() {
            if (random.nextInt(4) == 0) {
                long by = random.nextInt(20_000);
                timed.storeMillis(); // When nothing is to expire, the store looks at the clock in the background only.
                timed.setClock(Duration.ofMillis(-by));
                timed.storeMillis();
                clockAheadMillis += by;
                count("set back");
            } else if (clockAheadMillis > 0) {
                timed.setClock(Duration.ofMillis(clockAheadMillis));
                clockAheadMillis = 0;
            }
        }

        private void takeSnapshot() {
            snapshot = timed.store().snapshot();
            snapshotModel = new TreeMap<>(model);
        }

        private void runBackground() {
            long before = org.storedb.TestStores.state(timed.store()).expiries().expiredCount();
            timed.runBackground();
            if (org.storedb.TestStores.state(timed.store()).expiries().expiredCount() < before) {
                count("removed");
            }
        }

        private void compact() {
            var running = timed.store().compact();
            timed.runBackground();
            running.join();
            count("compacted");
        }

        private void reopen() {
            snapshot = null;
            closeReader();
            if (random.nextBoolean()) {
                write(); // Nobody reads from the store after it.
            }
            // What a killed process leaves need not know of expiries that nothing was written after.
            if (random.nextBoolean() && clockAheadMillis == 0) {
                timed.killAndReopen();
                count("killed");
            } else {
                timed.reopen();
                clockAheadMillis =
                        Math.max(0, timed.storeMillis() - timed.wall().toEpochMilli());
                count("reopened");
            }
            if (random.nextInt(3) == 0) {
                reader = timed.reader(StoreOptions.defaults().withAccess(Access.FOLLOW));
            }
        }

        private void closeReader() {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }

        private String anyId() {
            return "t" + random.nextInt(IDS);
        }

        private long anyExpiry() {
            return switch (random.nextInt(4)) {
                case 0 -> Long.MAX_VALUE;
                case 1 -> now() + 1 + random.nextInt(1000);
                default -> now() + 1 + random.nextInt(60_000);
            };
        }

        private static Expiry expiry(long millis) {
            return millis == Long.MAX_VALUE ? Expiry.never() : Expiry.at(java.time.Instant.ofEpochMilli(millis));
        }

        private void write() {
            String id = anyId();
            Thing old = model.get(id);
            Integer code = random.nextInt(3) == 0 ? null : random.nextInt(IDS);
            String colour = COLOURS.get(random.nextInt(COLOURS.size()));
            long millis = random.nextInt(8) == 0 ? now() - random.nextInt(20_000) : anyExpiry();
            Thing thing = new Thing(colour, code, old == null ? 0 : old.revision + 1, millis);
            boolean taken = isTaken(id, code);
            try {
                timed.collection().save(document(id, thing), expiry(thing.expiryMillis));
                assertThat(taken).as("code " + code + " is free").isFalse();
                model.put(id, thing);
                if (code != null) {
                    count("reused a unique value");
                }
            } catch (UniqueIndexViolationException e) {
                assertThat(taken).as("code " + code + " is taken").isTrue();
            }
        }

        private boolean isTaken(String id, @Nullable Integer code) {
            return code != null
                    && model.entrySet().stream()
                            .anyMatch(entry -> !entry.getKey().equals(id) && code.equals(entry.getValue().code));
        }

        private void changeExpiry() {
            String id = anyId();
            long millis = anyExpiry();
            Thing old = model.get(id);
            assertThat(timed.collection().expire(id, expiry(millis))).isEqualTo(old != null);
            if (old != null) {
                model.put(id, new Thing(old.colour, old.code, old.revision, millis));
            }
        }

        private void delete() {
            String id = anyId();
            assertThat(timed.collection().delete(id)).isEqualTo(model.remove(id) != null);
        }

        /** Time may pass within it: it then goes on as if it had not, or cannot be committed. */
        private void inTransaction() {
            Map<String, Thing> own = new TreeMap<>(model);
            try (Transaction transaction = timed.store().begin()) {
                DocumentCollection<Map<String, @Nullable Object>> things = transaction.collection("things");
                String id = anyId();
                Thing read = own.get(id);
                assertThat(things.get(id).isPresent()).isEqualTo(read != null);
                if (random.nextBoolean()) {
                    timed.pass(Duration.ofMillis(random.nextInt(10_000)));
                    timed.collection().count();
                }
                String other = anyId();
                Thing old = own.get(other);
                Thing thing = new Thing("green", null, old == null ? 0 : old.revision + 1, anyExpiry());
                things.save(document(other, thing), expiry(thing.expiryMillis));
                own.put(other, thing);
                check(transaction, own);
                boolean relied = hasExpired(read) || hasExpired(old) || own.size() > model.size() + 1;
                try {
                    transaction.commit();
                    assertThat(hasExpired(read) || hasExpired(old)).isFalse();
                    model.put(other, thing);
                } catch (TransactionConflictException e) {
                    assertThat(relied || model.values().stream().anyMatch(this::hasExpired))
                            .isTrue();
                    count("conflict");
                }
            }
        }

        private boolean hasExpired(@Nullable Thing thing) {
            return thing != null && thing.expiryMillis <= now();
        }

        private static Map<String, @Nullable Object> document(String id, Thing thing) {
            Map<String, @Nullable Object> document = new HashMap<>();
            document.put("id", id);
            document.put("colour", thing.colour);
            document.put("code", thing.code);
            return document;
        }

        private void check(StoreContext context, Map<String, Thing> expected) {
            DocumentCollection<Map<String, @Nullable Object>> things = context.collection("things");
            assertThat(things.count()).isEqualTo(expected.size());
            assertThat(things.findVersioned(Query.all())
                            .map(found -> found.id() + "/" + found.revision())
                            .toList())
                    .isEqualTo(expected.entrySet().stream()
                            .map(entry -> entry.getKey() + "/" + entry.getValue().revision)
                            .toList());
            Map<String, Long> byColour =
                    expected.values().stream().collect(Collectors.groupingBy(Thing::colour, Collectors.counting()));
            assertThat(things.countBy("colour")).isEqualTo(byColour);
            for (String colour : COLOURS) {
                Query query = Query.where(Filter.eq("colour", colour));
                assertThat(things.count(query)).isEqualTo(byColour.getOrDefault(colour, 0L));
                assertThat(things.find(query.sort(Sort.by("id"))).map(found -> found.get("id")))
                        .isEqualTo(expected.entrySet().stream()
                                .filter(entry -> entry.getValue().colour.equals(colour))
                                .map(Map.Entry::getKey)
                                .toList());
            }
            List<Integer> codes = new ArrayList<>();
            expected.values().stream()
                    .map(Thing::code)
                    .filter(Objects::nonNull)
                    .sorted()
                    .forEach(codes::add);
            assertThat(things.find(Query.where(Filter.gte("code", 0)).sort(Sort.by("code")))
                            .map(found -> found.get("code")))
                    .isEqualTo(codes);
            String id = anyId();
            Thing thing = expected.get(id);
            assertThat(things.exists(id)).isEqualTo(thing != null);
            assertThat(things.get(id).isPresent()).isEqualTo(thing != null);
            assertThat(things.expiresAt(id).map(java.time.Instant::toEpochMilli))
                    .isEqualTo(java.util.Optional.ofNullable(thing)
                            .map(Thing::expiryMillis)
                            .filter(millis -> millis != Long.MAX_VALUE));
        }
    }
}
