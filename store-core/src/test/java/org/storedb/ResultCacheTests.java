package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** What is in the cache can be told by slow queries: a result that is known is not watched. */
class ResultCacheTests {

    private final Store store = Store.openInMemory(StoreOptions.defaults()
            .withResultCache(new ResultCachePolicy(20, 20_000))
            .withSlowQueries(SlowQueryPolicy.from(Duration.ZERO).keeping(100_000)));
    private final DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aResultIsUsedAgainUntilADocumentChanges() {
        fill(50);
        Query query = Query.where(Filter.lt("n", 5)).sort(Sort.by("n").descending());
        assertThat(ids(query)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertThat(runs()).isEqualTo(1);
        assertThat(ids(query)).containsExactly(4L, 3L, 2L, 1L, 0L);
        numbers.createIndex(IndexDefinition.on("n"));
        store.collection("others").insert(Map.of("id", 1L));
        assertThat(ids(query)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertThat(runs()).isEqualTo(1);
        numbers.save(Map.of("id", 100L, "n", 3.5));
        assertThat(ids(query)).containsExactly(4L, 100L, 3L, 2L, 1L, 0L);
        assertThat(runs()).isEqualTo(2);
        assertThat(numbers.count(query)).isEqualTo(6);
        assertThat(numbers.count(query)).isEqualTo(6);
        assertThat(runs()).isEqualTo(3);
        assertThat(numbers.delete(0L)).isTrue();
        assertThat(numbers.count(query)).isEqualTo(5);
        assertThat(runs()).isEqualTo(4);
    }

    @Test
    void snapshotsAndTransactionsSeeTheirOwn() {
        fill(10);
        Query query = Query.where(Filter.lt("n", 3));
        Snapshot before = store.snapshot();
        assertThat(ids(query)).hasSize(3);
        numbers.save(Map.of("id", 0L, "n", 7));
        assertThat(ids(query)).hasSize(2);
        assertThat(before.collection("numbers").find(query)).hasSize(3);
        assertThat(ids(query)).hasSize(2);
        store.runInTransaction(transaction -> {
            transaction.collection("numbers").save(Map.of("id", 50L, "n", 1));
            assertThat(transaction.collection("numbers").find(query)).hasSize(3);
            assertThat(ids(query)).hasSize(2);
        });
        assertThat(ids(query)).hasSize(3);
    }

    @Test
    void onlyWholeResultsAreKept() {
        fill(10);
        Iterator<Map<String, @Nullable Object>> some =
                numbers.find(Query.where(Filter.lt("n", 5))).iterator();
        assertThat(some.next()).isNotEmpty();
        assertThat(ids(Query.where(Filter.lt("n", 5)))).hasSize(5);
        assertThat(runs()).isEqualTo(2);
        assertThat(numbers.findOne(Query.where(Filter.gt("n", 5)))).isPresent();
        assertThat(numbers.findOne(Query.where(Filter.gt("n", 5)))).isPresent();
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void aValueThatMayChangeIsNeverTakenForAnother() {
        numbers.insert(Map.of("id", 1L, "list", List.of(1)));
        numbers.insert(Map.of("id", 2L, "list", List.of(2)));
        List<Integer> wanted = new ArrayList<>(List.of(1));
        Query query = Query.where(Filter.eq("list", wanted));
        assertThat(ids(query)).containsExactly(1L);
        wanted.set(0, 2);
        assertThat(ids(query)).containsExactly(2L);
        assertThat(ids(Query.where(Filter.eq("list", LocalDate.EPOCH)))).isEmpty();
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void theCacheStaysWithinItsBounds() {
        fill(2000);
        assertThat(ids(Query.all())).hasSize(2000);
        assertThat(ids(Query.all())).hasSize(2000);
        assertThat(runs()).as("too large to be kept").isEqualTo(2);
        Random random = new Random(7);
        for (int number = 0; number < 500; number++) {
            int limit = random.nextInt(30);
            assertThat(ids(Query.all().sort(Sort.by("n")).limit(limit))).hasSize(limit);
        }
        assertThat(runs()).as("30 results, of which 20 fit").isBetween(32, 400);
    }

    @Test
    void aQueryCountsWithItsValues() {
        fill(10);
        Query large =
                Query.where(Filter.in("n", IntStream.range(0, 3000).boxed().toList()));
        assertThat(numbers.count(large)).isEqualTo(10);
        assertThat(numbers.count(large)).isEqualTo(10);
        assertThat(runs()).as("too large to be kept").isEqualTo(2);
        for (int round = 0; round < 2; round++) {
            for (int number = 0; number < 10; number++) {
                String text = number + "x".repeat(1000);
                assertThat(numbers.count(Query.where(Filter.eq("n", text)))).isZero();
            }
        }
        assertThat(runs()).as("10 queries, of which not all fit").isGreaterThan(12);
    }

    private void fill(int count) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            documents.add(Map.of("id", (long) number, "n", number));
        }
        numbers.insertAll(documents);
    }

    private List<Object> ids(Query query) {
        return numbers.findVersioned(query).map(Versioned::id).toList();
    }

    private int runs() {
        return store.slowQueries().size();
    }
}
