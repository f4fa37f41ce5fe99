package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.SlowQuery;
import org.storedb.query.Sort;

class SlowQueryTests {

    private static final Query NAMED = Query.where(Filter.eq("name", "secret"));

    private @Nullable Store store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void nothingIsSlowUnlessAsked() {
        assertThat(open(SlowQueryPolicy.off()).find(NAMED).toList()).hasSize(2);
        assertThat(slow()).isEmpty();
        assertThat(open(SlowQueryPolicy.from(Duration.ofHours(1))).find(NAMED).toList())
                .hasSize(2);
        assertThat(slow()).isEmpty();
    }

    @Test
    void slowQueriesAreKeptWithPlanAndRows() {
        DocumentCollection<Map<String, @Nullable Object>> people = open(SlowQueryPolicy.from(Duration.ZERO));
        assertThat(people.find(NAMED).toList()).hasSize(2);
        assertThat(people.count(NAMED.limit(1))).isEqualTo(1);
        assertThat(slow()).hasSize(2);
        SlowQuery counted = slow().get(0);
        assertThat(counted.explanation().query()).isEqualTo("count people where name = ? limit 1");
        SlowQuery found = slow().get(1);
        assertThat(found.finished()).isTrue();
        assertThat(found.time()).isPositive();
        QueryExplanation explanation = found.explanation();
        assertThat(explanation.query()).isEqualTo("find people where name = ?");
        assertThat(explanation.toString()).contains("filter name = ?").doesNotContain("secret");
        assertThat(explanation.execution()).isNotNull();
        assertThat(rows(explanation)).containsExactly(2L, 4L, 4L);
    }

    @Test
    void watchedQueriesReadTheSameInTheSameWay() {
        List<Query> queries = List.of(
                Query.where(Filter.eq("even", true)),
                Query.where(Filter.eq("even", true)).offset(50).limit(20),
                Query.where(Filter.between("id", 100L, 200L)).sort(Sort.by("id").descending()),
                Query.where(Filter.in("id", List.of(3L, 7L, 1_000L))),
                Query.where(Filter.gt("number", 250)),
                Query.where(Filter.gt("number", 5).and(Filter.eq("even", true))).limit(40),
                Query.all()
                        .sort(Sort.by("even").then(Sort.by("id").descending()))
                        .limit(10),
                Query.all().sort(Sort.by("text")));
        List<List<Map<String, @Nullable Object>>> found = new ArrayList<>();
        List<Long> scanCacheBytes = new ArrayList<>();
        for (SlowQueryPolicy policy : List.of(SlowQueryPolicy.off(), SlowQueryPolicy.from(Duration.ZERO))) {
            DocumentCollection<Map<String, @Nullable Object>> numbers = openNumbers(policy);
            for (Query query : queries) {
                found.add(numbers.find(query).toList());
                assertThat(numbers.count(query))
                        .isEqualTo(found.get(found.size() - 1).size());
            }
            scanCacheBytes.add(store().stats().scanCacheBytes());
        }
        assertThat(found.subList(queries.size(), found.size())).isEqualTo(found.subList(0, queries.size()));
        assertThat(scanCacheBytes.get(0)).isPositive().isEqualTo(scanCacheBytes.get(1));
        assertThat(slow()).hasSize(2 * queries.size());
        for (int number = 0; number < queries.size(); number++) {
            SlowQuery watched = slow().get(slow().size() - 1 - 2 * number);
            assertThat(rows(watched.explanation()).get(0))
                    .as(watched.toString())
                    .isEqualTo((long) found.get(number).size());
        }
    }

    @Test
    void valuesAreShownIfAsked() {
        DocumentCollection<Map<String, @Nullable Object>> people =
                open(SlowQueryPolicy.from(Duration.ZERO).showingValues());
        assertThat(people.exists(NAMED)).isTrue();
        assertThat(slow().get(0).explanation().query()).isEqualTo("count people where name = 'secret' limit 1");
    }

    @Test
    void longValuesDoNoHarm() {
        DocumentCollection<Map<String, @Nullable Object>> people = open(SlowQueryPolicy.from(Duration.ZERO));
        assertThat(people.count(Query.where(Filter.eq("name", "x".repeat(100_000)))))
                .isZero();
        assertThat(slow().get(0).explanation().query()).isEqualTo("count people where name = ?");
    }

    @Test
    void aQueryIsSlowBeforeItsEnd() {
        DocumentCollection<Map<String, @Nullable Object>> people = open(SlowQueryPolicy.from(Duration.ZERO));
        Iterator<Map<String, @Nullable Object>> all = people.find(Query.all()).iterator();
        assertThat(all.next()).isNotEmpty();
        assertThat(slow())
                .singleElement()
                .satisfies(entry -> assertThat(entry.finished()).isFalse());
        all.forEachRemaining(document -> assertThat(document).isNotEmpty());
        assertThat(slow()).singleElement().satisfies(entry -> {
            assertThat(entry.finished()).isTrue();
            assertThat(rows(entry.explanation())).containsExactly(4L, 4L);
        });
    }

    @Test
    void whatStopsAtItsLimitIsFinished() {
        DocumentCollection<Map<String, @Nullable Object>> people = open(SlowQueryPolicy.from(Duration.ZERO));
        assertThat(people.findOne(NAMED)).isPresent();
        assertThat(slow())
                .singleElement()
                .satisfies(entry -> assertThat(entry.finished()).isTrue());
    }

    @Test
    void onlyTheLatestAreKept() {
        DocumentCollection<Map<String, @Nullable Object>> people =
                open(SlowQueryPolicy.from(Duration.ZERO).showingValues().keeping(3));
        for (int limit = 0; limit < 10; limit++) {
            assertThat(people.count(Query.all().limit(limit))).isEqualTo(Math.min(limit, 4));
        }
        List<String> queries = new ArrayList<>();
        slow().forEach(entry -> queries.add(entry.explanation().query()));
        assertThat(queries).containsExactly("count people limit 9", "count people limit 8", "count people limit 7");
    }

    @Test
    void policiesRefuseWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlowQueryPolicy.from(Duration.ofMillis(-1)))
                .withMessageContaining("threshold");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlowQueryPolicy.off().keeping(-1))
                .withMessageContaining("kept");
    }

    private DocumentCollection<Map<String, @Nullable Object>> open(SlowQueryPolicy policy) {
        close();
        Store opened = Store.openInMemory(StoreOptions.defaults().withSlowQueries(policy));
        store = opened;
        DocumentCollection<Map<String, @Nullable Object>> people = opened.collection("people");
        people.insertAll(List.of(
                Map.of("id", 1L, "name", "secret"),
                Map.of("id", 2L, "name", "other"),
                Map.of("id", 3L, "name", "secret"),
                Map.of("id", 4L)));
        return people;
    }

    private DocumentCollection<Map<String, @Nullable Object>> openNumbers(SlowQueryPolicy policy) {
        open(policy);
        DocumentCollection<Map<String, @Nullable Object>> numbers = store().collection("numbers");
        numbers.insertAll(LongStream.range(0, 300)
                .<Map<String, @Nullable Object>>mapToObj(number ->
                        Map.of("id", number, "number", number, "even", number % 2 == 0, "text", "t" + number % 7))
                .toList());
        numbers.createIndex(IndexDefinition.on("number"));
        return numbers;
    }

    private Store store() {
        return Objects.requireNonNull(store);
    }

    private List<SlowQuery> slow() {
        return store().slowQueries();
    }

    private static List<@Nullable Long> rows(QueryExplanation explanation) {
        List<@Nullable Long> rows = new ArrayList<>();
        for (PlanStep step : explanation.plan().flattened()) {
            PlanStep.Actual actual = step.actual();
            rows.add(actual == null ? null : actual.rows());
        }
        return rows;
    }
}
