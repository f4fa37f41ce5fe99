package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.CompactionResult;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoCounter;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Documents found through an index that are kept. What is in the cache can be told by counting reads: documents that are
 * kept need none, except for the few that have no hint for lack of room.
 */
class IndexScanCacheTests {

    private static final int CITIES = 105;
    private static final int IN_CITY = 100;
    private static final int PEOPLE = CITIES * IN_CITY; // Smaller trees have no hints.
    private static final long CACHE_BYTES = 8 << 20;
    private static final Query IN_THIRD_CITY = inCity(3);

    private final SteppedTasks tasks = new SteppedTasks();
    private final IoCounter reads = new IoCounter();
    private @Nullable Store opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void theyAreKeptFromTheSecondTimeOn() {
        DocumentCollection<Map<String, @Nullable Object>> people = filled(CACHE_BYTES);
        List<Map<String, @Nullable Object>> found = people.find(IN_THIRD_CITY).toList();
        assertThat(found).hasSize(IN_CITY).allSatisfy(each -> assertThat(each).containsEntry("city", "city 3"));
        assertThat(keptBytes()).isZero();
        assertThat(people.find(IN_THIRD_CITY)).isEqualTo(found);
        assertThat(keptBytes()).isPositive();

        List<Map<String, @Nullable Object>> reversed = new ArrayList<>(found);
        Collections.reverse(reversed);
        assertThat(readsOf(() -> {
                    assertThat(people.find(IN_THIRD_CITY)).isEqualTo(found);
                    assertThat(people.find(IN_THIRD_CITY.sort(Sort.by("id").descending())))
                            .isEqualTo(reversed);
                    assertThat(people.find(IN_THIRD_CITY.offset(10).limit(50))).isEqualTo(found.subList(10, 60));
                    assertThat(people.find(IN_THIRD_CITY.sort(Sort.by("name")).limit(3)))
                            .hasSize(3);
                    assertThat(people.findVersioned(IN_THIRD_CITY))
                            .allSatisfy(each -> assertThat(each.revision()).isZero());
                }))
                .isLessThan(IN_CITY);
        assertThat(readsOf(() -> assertThat(people.find(inCity(50))).hasSize(IN_CITY)))
                .isGreaterThanOrEqualTo(IN_CITY);
    }

    @Test
    void documentsThatHaveChangedAreReadAnewAndInTimeKeptAgain() {
        DocumentCollection<Map<String, @Nullable Object>> people = filled(CACHE_BYTES);
        findRepeatedly(people, IN_THIRD_CITY);
        DocumentCollection<Map<String, @Nullable Object>> before =
                store().snapshot().collection("people");
        List<String> namesBefore = names(people, IN_THIRD_CITY);
        for (int i = 0; i < IN_CITY; i += 2) { // In the same city, so the index does not change.
            people.save(person(3 + i * CITIES, 3, "changed " + i));
        }
        assertThat(readsOf(() -> {
                    assertThat(names(people, IN_THIRD_CITY)).hasSize(IN_CITY).contains("changed 0", "changed 98");
                    assertThat(people.findVersioned(IN_THIRD_CITY))
                            .filteredOn(each -> each.revision() == 1)
                            .hasSize(IN_CITY / 2);
                    assertThat(names(before, IN_THIRD_CITY)).isEqualTo(namesBefore);
                }))
                .isGreaterThan(IN_CITY);
        List<String> names = names(people, IN_THIRD_CITY);
        for (int i = 0; i < 10; i++) {
            assertThat(names(people, IN_THIRD_CITY)).isEqualTo(names);
        }
        assertThat(readsOf(() -> names(people, IN_THIRD_CITY))).isLessThan(IN_CITY / 4);
        assertThat(names(before, IN_THIRD_CITY)).isEqualTo(namesBefore);
        assertThat(keptBytes()).isBetween(1L, 100_000L); // What was kept before is gone.
    }

    @Test
    void whoComesAndGoesIsSeenByWhoeverMaySeeIt() {
        DocumentCollection<Map<String, @Nullable Object>> people = filled(CACHE_BYTES);
        findRepeatedly(people, IN_THIRD_CITY);
        DocumentCollection<Map<String, @Nullable Object>> before =
                store().snapshot().collection("people");
        store().inTransaction(transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> own = transaction.collection("people");
            own.delete(3L);
            own.save(person(3 + CITIES, 4, "moved"));
            own.insert(person(PEOPLE, 3, "new"));
            own.save(person(3 + 2 * CITIES, 3, "changed"));
            assertThat(names(own, IN_THIRD_CITY)).hasSize(IN_CITY - 1).contains("new", "changed");
            assertThat(names(people, IN_THIRD_CITY)).hasSize(IN_CITY).doesNotContain("new", "changed");
            return null;
        });
        for (int i = 0; i < 5; i++) {
            assertThat(names(people, IN_THIRD_CITY))
                    .hasSize(IN_CITY - 1)
                    .contains("new", "changed")
                    .doesNotContain("name 3");
            assertThat(names(before, IN_THIRD_CITY))
                    .hasSize(IN_CITY)
                    .contains("name 3")
                    .doesNotContain("new", "changed", "moved");
        }
    }

    @Test
    void whatACompactionHasMovedIsFound() {
        DocumentCollection<Map<String, @Nullable Object>> people = filled(CACHE_BYTES);
        List<String> names = names(people, IN_THIRD_CITY);
        findRepeatedly(people, IN_THIRD_CITY);
        for (int number = 0; number < PEOPLE; number++) {
            if (number % CITIES != 3) {
                people.save(person(number, number % CITIES, "changed"));
            }
        }
        assertThat(compact().recordsCopied()).isPositive();
        for (int i = 0; i < 200; i++) {
            assertThat(names(people, IN_THIRD_CITY)).isEqualTo(names);
        }
    }

    @Test
    void nothingIsKeptForShortQueriesWithoutHintsOrWithoutMemory() {
        DocumentCollection<Map<String, @Nullable Object>> people = filled(CACHE_BYTES);
        for (int i = 0; i < 100; i++) {
            assertThat(people.find(IN_THIRD_CITY.limit(3))).hasSize(3);
            assertThat(people.count(IN_THIRD_CITY)).isEqualTo(IN_CITY);
        }
        assertThat(keptBytes()).isZero();

        DocumentCollection<Map<String, @Nullable Object>> few = store().collection("few");
        few.createIndex(IndexDefinition.on("city"));
        for (int number = 0; number < 1000; number++) {
            few.insert(person(number, number % 5, "few"));
        }
        prepareHints(few);
        findRepeatedly(few, IN_THIRD_CITY);
        assertThat(keptBytes()).isZero();
        store().close();

        DocumentCollection<Map<String, @Nullable Object>> without = filled(0);
        findRepeatedly(without, IN_THIRD_CITY);
        assertThat(keptBytes()).isZero();
    }

    /** With a cache that is too small for all, or not, so that documents come and go. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void queriesAgreeWithAModelWhileEverythingChanges(long seed) {
        Random random = new Random(seed);
        DocumentCollection<Map<String, @Nullable Object>> people = filled(seed % 2 == 0 ? CACHE_BYTES : 100_000);
        TreeMap<Integer, Map<String, @Nullable Object>> model = new TreeMap<>();
        for (int id = 0; id < PEOPLE; id++) {
            model.put(id, person(id, id % CITIES, "name " + id));
        }
        List<Held> held = new ArrayList<>();
        boolean kept = false;
        for (int step = 0; step < 3000; step++) {
            int id = random.nextInt(12 * CITIES); // So few that most leaves change between queries, but not all.
            int city = id % CITIES;
            switch (random.nextInt(10)) {
                case 0 -> assertThat(people.delete((long) id)).isEqualTo(model.remove(id) != null);
                case 1 -> save(people, model, person(id, random.nextInt(12), "moved " + step));
                case 2, 3, 4 -> save(people, model, person(id, city, "changed " + step));
                case 5 -> {
                    if (held.size() == 3) {
                        held.remove(0).requireSame(random);
                    }
                    held.add(new Held(store().snapshot().collection("people"), new TreeMap<>(model)));
                }
                default -> new Held(people, model).requireSame(random);
            }
            kept |= keptBytes() > 0;
            if (step % 500 == 499) {
                compact();
                tasks.runRepeated();
                tasks.runWaiting();
            }
        }
        assertThat(kept).isTrue();
    }

    private static void save(
            DocumentCollection<Map<String, @Nullable Object>> people,
            Map<Integer, Map<String, @Nullable Object>> model,
            Map<String, @Nullable Object> person) {
        people.save(person);
        model.put((Integer) person.get("id"), person);
    }

    private DocumentCollection<Map<String, @Nullable Object>> filled(long cacheBytes) {
        Store store = TestStores.open(
                new InterceptedDirectory(new MemoryDirectory(), reads),
                StoreOptions.defaults().withScanCacheBytesMax(cacheBytes).withSegmentBytes(1 << 18),
                TestEnvironments.stepped(1, tasks));
        opened = store;
        DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
        people.createIndex(IndexDefinition.on("city"));
        people.createIndex(IndexDefinition.onEachElementOf("tags"));
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number++) {
            documents.add(person(number, number % CITIES, "name " + number));
        }
        people.insertAll(documents);
        prepareHints(people);
        return people;
    }

    private void prepareHints(DocumentCollection<Map<String, @Nullable Object>> people) {
        assertThat(people.find(inCity(1).limit(2))).hasSize(2); // Only trees that are read have hints.
        tasks.runWaiting();
        tasks.runRepeated();
        tasks.runWaiting();
    }

    private CompactionResult compact() {
        var compaction = store().compact();
        tasks.runWaiting();
        return compaction.join();
    }

    private long keptBytes() {
        return store().stats().scanCacheBytes();
    }

    private Store store() {
        return Objects.requireNonNull(opened);
    }

    private long readsOf(Runnable action) {
        reads.reset();
        action.run();
        return reads.count(IoOperation.Kind.READ);
    }

    private static void findRepeatedly(DocumentCollection<Map<String, @Nullable Object>> people, Query query) {
        for (int i = 0; i < 3; i++) {
            assertThat(people.find(query)).isNotEmpty();
        }
    }

    private static List<String> names(DocumentCollection<Map<String, @Nullable Object>> people, Query query) {
        return people.find(query).map(each -> String.valueOf(each.get("name"))).toList();
    }

    private static Query inCity(int city) {
        return Query.where(Filter.eq("city", "city " + city));
    }

    private static Map<String, @Nullable Object> person(int id, int city, String name) {
        return Map.of("id", id, "city", "city " + city, "name", name, "tags", List.of("all", "tag " + id % 50));
    }

    /** A collection, and what it should contain. */
    private record Held(
            DocumentCollection<Map<String, @Nullable Object>> people,
            TreeMap<Integer, Map<String, @Nullable Object>> model) {

        void requireSame(Random random) {
            boolean byTag = random.nextInt(3) == 0;
            String wanted = byTag ? "tag " + random.nextInt(4) : "city " + random.nextInt(12);
            Filter filter = byTag ? Filter.hasElement("tags", wanted) : Filter.eq("city", wanted);
            boolean descending = random.nextBoolean();
            Query query = Query.where(filter);
            List<Map<String, @Nullable Object>> expected = new ArrayList<>(model.values().stream()
                    .filter(each -> byTag
                            ? each.get("tags") instanceof List<?> tags && tags.contains(wanted)
                            : wanted.equals(each.get("city")))
                    .toList());
            if (descending) {
                Collections.reverse(expected);
                query = query.sort(Sort.by("id").descending());
            }
            int limit = 1 + random.nextInt(200);
            assertThat(people.find(query.limit(limit)))
                    .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
        }
    }
}
