package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Sort;

class QueryExplanationTests {

    private static final int DOCUMENTS = 500;

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            documents.add(Map.of("id", (long) number, "country", "C" + number % 5, "population", number * 10));
        }
        places.insertAll(documents);
        places.createIndex(IndexDefinition.on("country"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPlanThatDidNotRunHasEstimatesOnly() {
        QueryExplanation explanation = places.explain(Query.where(Filter.eq("country", "C1")));
        assertThat(explanation.query()).isEqualTo("find places where country = 'C1'");
        assertThat(explanation.execution()).isNull();
        assertThat(kinds(explanation)).containsExactly(Kind.READ, Kind.INDEX);
        PlanStep index = explanation.plan().inputs().get(0);
        assertThat(index.index()).isEqualTo("country");
        assertThat(index.estimatedRows()).isEqualTo(100);
        assertThat(index.actual()).isNull();
        assertThat(explanation.alternatives()).singleElement().satisfies(scan -> {
            assertThat(scan.description()).isEqualTo("full scan");
            assertThat(scan.estimatedCost()).isGreaterThan(explanation.estimatedCost());
        });
    }

    @Test
    void aPlanThatRanSaysWhatEachStepDid() {
        Query query = Query.where(Filter.eq("country", "C1").and(Filter.gte("population", 2500)))
                .sort(Sort.by("population").descending())
                .offset(10)
                .limit(5);
        QueryExplanation profile = places.profile(query);
        assertThat(kinds(profile)).containsExactly(Kind.READ, Kind.SORT, Kind.FILTER, Kind.READ, Kind.INDEX);
        assertThat(rows(profile)).containsExactly(5L, 5L, 50L, 100L, 100L);
        QueryExplanation.Execution execution = execution(profile);
        assertThat(execution.result()).isEqualTo(5);
        assertThat(execution.keysRead()).isEqualTo(100);
        assertThat(execution.documentsRead()).isEqualTo(100); // Sorted, they are still there.
        assertThat(execution.time()).isPositive();
        List<PlanStep> steps = profile.plan().flattened();
        for (int at = 1; at < steps.size(); at++) {
            assertThat(actual(steps.get(at - 1)).time())
                    .isGreaterThanOrEqualTo(actual(steps.get(at)).time());
        }
        assertThat(profile.toString())
                .contains("sort by population desc, keep the first 5 after 10 ")
                .contains("    filter population >= 2500 ")
                .contains("about 100, was 50, ");
    }

    @Test
    void aScanReadsKeysAndDocumentsTogether() {
        QueryExplanation profile =
                places.profile(Query.where(Filter.gte("population", 4000)).limit(3));
        assertThat(kinds(profile)).containsExactly(Kind.SLICE, Kind.FILTER, Kind.READ, Kind.FULL_SCAN);
        assertThat(rows(profile)).containsExactly(3L, 3L, 403L, 403L);
        assertThat(execution(profile).keysRead()).isEqualTo(403);
        assertThat(execution(profile).documentsRead()).isEqualTo(403);
        assertThat(profile.plan().flattened())
                .extracting(step -> actual(step).time() != null)
                .containsExactly(true, true, true, false);
    }

    @Test
    void sortedDocumentsThatAreLargeTogetherAreReadTwice() {
        DocumentCollection<Map<String, @Nullable Object>> texts = store.collection("texts");
        for (int number = 0; number < 20; number++) {
            texts.insert(Map.of("id", (long) number, "order", -number, "text", "x".repeat(100_000)));
        }
        QueryExplanation profile = texts.profile(Query.all().sort(Sort.by("order")));
        assertThat(kinds(profile)).containsExactly(Kind.READ, Kind.SORT, Kind.READ, Kind.FULL_SCAN);
        assertThat(rows(profile)).containsExactly(20L, 20L, 20L, 20L);
        assertThat(execution(profile).documentsRead()).isEqualTo(40);
    }

    @Test
    void anOffsetOfAWalkIsNotWalkedOver() {
        QueryExplanation profile = places.profile(
                Query.where(Filter.eq("country", "C1")).offset(90).limit(20));
        assertThat(kinds(profile)).containsExactly(Kind.READ, Kind.SLICE, Kind.INDEX);
        assertThat(rows(profile)).containsExactly(10L, 10L, 10L);
    }

    @Test
    void aCountFromAnIndexReadsNothing() {
        QueryExplanation profile = places.profileCount(Query.where(Filter.eq("country", "C1")));
        assertThat(kinds(profile)).containsExactly(Kind.COUNT_ENTRIES);
        assertThat(execution(profile).result()).isEqualTo(100);
        assertThat(execution(profile).keysRead()).isZero();
        assertThat(execution(profile).documentsRead()).isZero();
        QueryExplanation scanned = places.profileCount(Query.where(Filter.gte("population", 4000)));
        assertThat(kinds(scanned)).containsExactly(Kind.COUNT, Kind.FILTER, Kind.READ, Kind.FULL_SCAN);
        assertThat(execution(scanned).result()).isEqualTo(100);
        assertThat(scanned.query()).isEqualTo("count places where population >= 4000");
    }

    @Test
    void whatCannotMatchIsNothing() {
        Query query = Query.where(Filter.eq("country", "C1").and(Filter.eq("country", "C2")));
        assertThat(kinds(places.explain(query))).containsExactly(Kind.NOTHING);
        assertThat(kinds(store.collection("unwritten").explain(Query.all()))).containsExactly(Kind.NOTHING);
        QueryExplanation profile = store.collection("unwritten").profileCount(Query.all());
        assertThat(execution(profile).result()).isZero();
    }

    private static List<Kind> kinds(QueryExplanation explanation) {
        return explanation.plan().flattened().stream().map(PlanStep::kind).toList();
    }

    private static List<Long> rows(QueryExplanation explanation) {
        return explanation.plan().flattened().stream()
                .map(step -> actual(step).rows())
                .toList();
    }

    private static PlanStep.Actual actual(PlanStep step) {
        return Objects.requireNonNull(step.actual());
    }

    private static QueryExplanation.Execution execution(QueryExplanation explanation) {
        return Objects.requireNonNull(explanation.execution());
    }
}
