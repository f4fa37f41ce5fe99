package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidQueryException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.SlowQuery;

/** Figures about groups say how they are found, and are logged when that takes long. */
class AggregationExplanationTests {

    private static final Aggregation SUMS =
            Aggregation.of(Measure.sum("size")).where(Filter.gte("size", 10)).groupBy("colour");
    private static final Aggregation COUNTS = Aggregation.of(Measure.count()).groupBy("colour");

    private final Store store =
            Store.openInMemory(StoreOptions.defaults().withSlowQueries(SlowQueryPolicy.from(Duration.ZERO)));
    private final DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Map.of("id", i, "colour", "c" + i % 4, "size", i));
        }
        things.insertAll(many);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void groupsOfDocumentsNameThePlanThatReadsThem() {
        QueryExplanation expected = things.explain(SUMS);
        assertThat(kinds(expected)).containsExactly(Kind.GROUP, Kind.FILTER, Kind.READ, Kind.FULL_SCAN);
        assertThat(expected.query()).contains("sum(size)").contains("group by colour");
        assertThat(expected.execution()).isNull();
        assertThat(expected.plan().actual()).isNull();

        QueryExplanation profile = things.profile(SUMS);
        QueryExplanation.Execution execution = Objects.requireNonNull(profile.execution());
        assertThat(execution.result()).isEqualTo(4);
        assertThat(execution.documentsRead()).isEqualTo(1_000);
        assertThat(rows(profile)).containsExactly(4L, 990L, 1_000L, 1_000L);
        assertThat(profile.toString()).contains("groups by colour of documents").contains("was 990");

        things.createIndex(IndexDefinition.on("size"));
        Aggregation few = Aggregation.of(Measure.sum("size")).where(Filter.gte("size", 990));
        QueryExplanation indexed = things.profile(few);
        assertThat(kinds(indexed)).containsExactly(Kind.GROUP, Kind.READ, Kind.INDEX);
        assertThat(rows(indexed)).containsExactly(1L, 10L, 10L);
        assertThat(indexed.alternatives()).isNotEmpty();
    }

    @Test
    void groupsOfKeysReadNoDocument() {
        things.createIndex(IndexDefinition.on("colour"));
        QueryExplanation profile = things.profile(COUNTS);
        assertThat(kinds(profile)).containsExactly(Kind.GROUP);
        assertThat(profile.plan().index()).isEqualTo("colour");
        assertThat(rows(profile)).containsExactly(4L);
        QueryExplanation.Execution execution = Objects.requireNonNull(profile.execution());
        assertThat(execution.documentsRead()).isZero();
        assertThat(execution.keysRead()).isBetween(4L, 100L);
        assertThat(things.explain(COUNTS).plan().index()).isEqualTo("colour");
    }

    @Test
    void whatIsNotThereHasNoPlan() {
        DocumentCollection<Map<String, @Nullable Object>> nothing = store.collection("nothing");
        assertThat(kinds(nothing.explain(COUNTS))).containsExactly(Kind.NOTHING);
        assertThat(Objects.requireNonNull(nothing.profile(COUNTS).execution()).result())
                .isZero();
        Aggregation everything = Aggregation.of(Measure.count());
        assertThat(Objects.requireNonNull(nothing.profile(everything).execution())
                        .result())
                .isEqualTo(nothing.aggregate(everything).size());
        assertThatThrownBy(() -> things.explain(COUNTS.where(Filter.lt("size", List.of(Double.NaN)))))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void whatTakesLongIsLogged() {
        things.aggregate(SUMS);
        assertThat(latest().explanation().query()).contains("size >= ?").contains("group by colour");
        assertThat(rows(latest().explanation())).containsExactly(4L, 990L, 1_000L, 1_000L);
        assertThat(latest().finished()).isTrue();

        things.createIndex(IndexDefinition.on("colour"));
        things.countBy("colour");
        assertThat(latest().explanation().plan().index()).isEqualTo("colour");
        things.distinct("colour", Query.where(Filter.lt("size", 2)));
        assertThat(latest().explanation().query()).contains("distinct colour").contains("size < ?");
        things.update(Query.where(Filter.eq("size", 7)), DocumentPatch.empty().set("size", -7));
        assertThat(latest().explanation().query()).contains("size = ?");
        things.delete(Query.where(Filter.eq("colour", "c1")));
        assertThat(latest().explanation().query()).contains("colour = ?");
        assertThat(store.slowQueries()).hasSize(5);
    }

    @Test
    void whatDoesNotTakeLongIsNotLogged() {
        try (Store quick = Store.openInMemory(
                StoreOptions.defaults().withSlowQueries(SlowQueryPolicy.from(Duration.ofHours(1))))) {
            quick.collection("things").insert(Map.of("id", 1, "colour", "red"));
            assertThat(quick.collection("things").aggregate(COUNTS)).hasSize(1);
            assertThat(quick.slowQueries()).isEmpty();
        }
    }

    private SlowQuery latest() {
        return store.slowQueries().get(0);
    }

    private static List<Kind> kinds(QueryExplanation explanation) {
        return explanation.plan().flattened().stream().map(PlanStep::kind).toList();
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
