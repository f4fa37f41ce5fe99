package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.CheckpointPolicy;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Filter;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;

/**
 * Indexes of every kind are built and dropped while documents change, and views are read in between: whenever the power
 * fails, an index is there whole or not at all, and indexes and views have what the documents say.
 */
class IndexBuildCrashTests {

    private static final int STEPS = 50;
    private static final int IDS = 40;
    private static final int IMAGES_AT_ONCE = 3;

    private static final List<IndexDefinition> KINDS = List.of(
            IndexDefinition.on("number"),
            IndexDefinition.uniqueOn("code"),
            IndexDefinition.onEachElementOf("tags"),
            IndexDefinition.on("number").descending("code").where(Filter.gte("number", 3)));

    private long images;
    private long imagesDuringBuilds;
    private long builds;

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
                "Index builds and power failures: %d stores from seed %d, %,d builds, %,d images, %,d of them during a build",
                runs, CampaignSize.firstSeed(), builds, images, imagesDuringBuilds);
        assertThat(builds).isGreaterThan(runs * 5L);
        assertThat(imagesDuringBuilds).isGreaterThan(runs * 20L);
    }

    /** A document, but for its id. */
    private record Thing(int number, String code, List<Integer> tags) {}

    private final class Run implements IoInterceptor {

        private final Random random;
        private final SimulatedDirectory disk = new SimulatedDirectory();
        private final SteppedTasks tasks = new SteppedTasks();
        private final Store store;
        private final View<Map<String, @Nullable Object>> view;
        private Map<String, Thing> acknowledged = new TreeMap<>();
        private Map<String, Thing> attempted = acknowledged;
        private Set<IndexDefinition> indexes = Set.of();
        private Set<IndexDefinition> attemptedIndexes = indexes;
        private boolean building;
        private boolean judging = true;

        Run(long seed) {
            random = new Random(seed);
            store = open(new InterceptedDirectory(disk, this), tasks);
            things(store).insert(Map.of("id", "first", "number", -1, "code", "first", "tags", List.of()));
            acknowledged.put("first", new Thing(-1, "first", List.of()));
            view = view(store);
            judging = false;
        }

        private static Store open(StorageDirectory directory, SteppedTasks background) {
            StoreOptions options = StoreOptions.defaults()
                    .withSegmentBytes(1 << 16)
                    .withCheckpoints(new CheckpointPolicy(true, 1 << 13, 0.1, 1));
            return TestStores.open(directory, options, TestEnvironments.stepped(3, background));
        }

        private static DocumentCollection<Map<String, @Nullable Object>> things(Store of) {
            return of.collection("things");
        }

        private static View<Map<String, @Nullable Object>> view(Store of) {
            return things(of).view("byTag", 1, (thing, emitter) -> {
                for (Object tag : (List<?>) Objects.requireNonNull(thing.get("tags"))) {
                    emitter.emit(tag, thing.get("number"));
                }
            });
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> change();
                    case 4, 5, 6 -> build();
                    case 7 -> drop();
                    case 8 -> requireView(view, acknowledged);
                    default -> {
                        var running = store.compact();
                        tasks.runWaiting();
                        running.join();
                    }
                }
                tasks.runRepeated();
            }
            store.close();
        }

        private void change() {
            String id = "t" + random.nextInt(IDS);
            Map<String, Thing> next = new TreeMap<>(acknowledged);
            if (random.nextInt(5) == 0) {
                next.remove(id);
                attempted = next;
                things(store).delete(id);
            } else {
                Thing thing = new Thing(
                        random.nextInt(8),
                        random.nextInt(20) == 0 ? "same" : id,
                        random.ints(random.nextInt(3), 0, 4).distinct().boxed().toList());
                next.put(id, thing);
                attempted = next;
                try {
                    things(store)
                            .save(Map.of(
                                    "id", id,
                                    "number", thing.number,
                                    "code", thing.code,
                                    "tags", thing.tags,
                                    "text", "x".repeat(random.nextInt(2_000))));
                } catch (UniqueIndexViolationException e) {
                    attempted = acknowledged;
                }
            }
            acknowledged = attempted;
        }

        /** Documents change while the index is built, as often as the build says how far it is. */
        private void build() {
            IndexDefinition definition = KINDS.get(random.nextInt(KINDS.size()));
            attemptedIndexes = new HashSet<>(indexes);
            attemptedIndexes.add(definition);
            building = true;
            try {
                things(store)
                        .createIndex(
                                definition, OperationMonitor.of(progress -> change(), () -> random.nextInt(8) == 0));
                builds++;
            } catch (UniqueIndexViolationException | OperationCancelledException e) {
                attemptedIndexes = indexes;
            }
            building = false;
            indexes = attemptedIndexes;
            requireIndexes(store, indexes);
        }

        private void drop() {
            if (indexes.isEmpty()) {
                return;
            }
            List<IndexDefinition> all = new ArrayList<>(indexes);
            IndexDefinition dropped = all.get(random.nextInt(all.size()));
            attemptedIndexes = new HashSet<>(indexes);
            attemptedIndexes.remove(dropped);
            things(store).dropIndex(dropped.name());
            indexes = attemptedIndexes;
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
            imagesDuringBuilds += building ? 1 : 0;
            try (Store opened = open(new SimulatedDirectory(files), new SteppedTasks())) {
                assertThat(opened.verify().problems()).isEmpty();
                Set<IndexDefinition> found = Set.copyOf(things(opened).indexes());
                assertThat(List.of(indexes, attemptedIndexes)).contains(found);
                Map<String, Thing> documents = documents(opened);
                assertThat(List.of(acknowledged, attempted)).contains(documents);
                requireIndexes(opened, found);
                requireView(view(opened), documents);
            }
        }

        private static Map<String, Thing> documents(Store of) {
            Map<String, Thing> documents = new TreeMap<>();
            things(of)
                    .find(Query.all())
                    .forEach(found -> documents.put(
                            String.valueOf(found.get("id")),
                            new Thing(
                                    ((Number) Objects.requireNonNull(found.get("number"))).intValue(),
                                    String.valueOf(found.get("code")),
                                    ((List<?>) Objects.requireNonNull(found.get("tags")))
                                            .stream()
                                                    .map(tag -> ((Number) tag).intValue())
                                                    .toList())));
            return documents;
        }

        /** Each index counts what the documents say. */
        private static void requireIndexes(Store of, Set<IndexDefinition> all) {
            Map<String, Thing> documents = documents(of);
            if (all.contains(KINDS.get(0))) {
                requireCount(
                        of,
                        Filter.eq("number", 2),
                        documents.values().stream()
                                .filter(thing -> thing.number == 2)
                                .count());
            }
            if (all.contains(KINDS.get(1))) {
                requireCount(
                        of,
                        Filter.startsWith("code", "t"),
                        documents.values().stream()
                                .filter(thing -> thing.code.startsWith("t"))
                                .count());
                assertThat(documents.values().stream().map(Thing::code)).doesNotHaveDuplicates();
            }
            if (all.contains(KINDS.get(2))) {
                requireCount(
                        of,
                        Filter.hasElement("tags", 1),
                        documents.values().stream()
                                .filter(thing -> thing.tags.contains(1))
                                .count());
            }
            if (all.contains(KINDS.get(3))) {
                requireCount(
                        of,
                        Filter.eq("number", 5),
                        documents.values().stream()
                                .filter(thing -> thing.number == 5)
                                .count());
            }
        }

        private static void requireCount(Store of, Filter filter, long expected) {
            Query query = Query.where(filter);
            assertThat(things(of).count(query)).as(filter.toString()).isEqualTo(expected);
            assertThat(things(of).explainCount(query).plan().flattened())
                    .extracting(PlanStep::kind)
                    .doesNotContain(PlanStep.Kind.FULL_SCAN);
        }

        private static void requireView(View<Map<String, @Nullable Object>> of, Map<String, Thing> documents) {
            Map<Integer, Long> expected = documents.values().stream()
                    .flatMap(thing -> thing.tags.stream())
                    .collect(Collectors.groupingBy(tag -> tag, TreeMap::new, Collectors.counting()));
            Map<Integer, Long> found = new TreeMap<>();
            of.countByKey(ViewQuery.all())
                    .forEach((tag, count) -> found.put(((Number) Objects.requireNonNull(tag)).intValue(), count));
            assertThat(found).isEqualTo(expected);
            assertThat(of.status().failed()).isZero();
        }
    }
}
