package org.storedb.sample.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storedb.sample.query.FilterCase.population;
import static org.storedb.sample.query.FilterCase.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.DocumentCollection;
import org.storedb.Transaction;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Page;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.query.Sort;
import org.storedb.query.text.BoundAggregation;
import org.storedb.query.text.BoundQuery;
import org.storedb.query.text.PrintedQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.query.text.QueryText;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;

/** Every kind of query over all places: what it finds is what plain Java finds, and its plan is the one that it should have. */
class PlaceQueryTests {

    private static final AllPlaces all = new AllPlaces();

    @BeforeAll
    static void everyPlaceIsThere() {
        assertThat(all.maps()).hasSize(AllPlaces.COUNT);
        assertThat(all.scanned().count()).isEqualTo(AllPlaces.COUNT);
        assertThat(all.indexed().count()).isEqualTo(AllPlaces.COUNT);
    }

    @AfterAll
    static void close() {
        all.close();
    }

    static List<FilterCase> filters() {
        return FilterCase.all().toList();
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterMatchesWhatPlainJavaMatches(FilterCase filter) {
        Query query = Query.where(filter.filter());
        List<String> expected = all.maps().stream()
                .filter(filter.plain())
                .map(place -> text(place, "id"))
                .sorted()
                .toList();
        for (DocumentCollection<Map<String, @Nullable Object>> places : List.of(all.scanned(), all.indexed())) {
            assertThat(places.find(query).map(place -> text(place, "id")))
                    .as(places.name())
                    .isEqualTo(expected);
            assertThat(places.count(query)).as(places.name()).isEqualTo(expected.size());
            assertThat(places.exists(query)).isEqualTo(!expected.isEmpty());
            QueryExplanation.Execution execution =
                    Objects.requireNonNull(places.profileCount(query).execution());
            assertThat(execution.result()).isEqualTo(expected.size());
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterGoesThroughTheIndexThatIsForIt(FilterCase filter) {
        Query query = Query.where(filter.filter());
        QueryExplanation plan = all.indexed().explain(query);
        assertThat(indexes(plan)).as(plan.toString()).containsExactlyInAnyOrderElementsOf(filter.indexes());
        assertThat(indexes(all.scanned().explain(query))).isEmpty();
        assertThat(plan.toString()).contains("estimated cost");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterAsTextMatchesTheSame(FilterCase filter) {
        PrintedQuery printed = QueryText.print(new BoundQuery(QueryKind.COUNT, "places", Query.where(filter.filter())));
        Query query = QueryText.parse(printed.text())
                .bind(printed.arguments().toArray())
                .query();
        assertThat(all.indexed().count(query))
                .as(printed.text())
                .isEqualTo(all.maps().stream().filter(filter.plain()).count());
    }

    private static List<String> indexes(QueryExplanation plan) {
        return plan.plan().flattened().stream()
                .map(PlanStep::index)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    @Test
    void countsOfRangesReadNothing() {
        for (Filter filter : List.of(
                Filter.gte("population", 50_000),
                Filter.eq("country", "JP").and(Filter.gte("population", 100_000)),
                Filter.startsWith("name", "San "),
                Filter.hasElement("words", "new"),
                Filter.in("featureCode", List.of("PPLA", "PPLC")))) {
            QueryExplanation plan = all.indexed().profileCount(Query.where(filter));
            QueryExplanation.Execution execution = Objects.requireNonNull(plan.execution());
            assertThat(execution.documentsRead()).as(plan.toString()).isZero();
            assertThat(execution.keysRead()).as(plan.toString()).isZero();
        }
    }

    @Test
    void sortsAreInOrderFromAnyOffset() {
        List<Map<String, @Nullable Object>> bySize = new ArrayList<>(all.maps());
        bySize.sort(Comparator.<Map<String, @Nullable Object>>comparingLong(place -> -population(place))
                .thenComparing(place -> text(place, "id")));
        Query query = Query.all().sort(Sort.by("population").descending()).limit(20);
        for (int offset : List.of(0, 1, 99, 5_000, 100_000, 135_220, 135_233, 200_000)) {
            List<String> expected = bySize.stream()
                    .skip(offset)
                    .limit(20)
                    .map(place -> text(place, "id"))
                    .toList();
            for (DocumentCollection<Map<String, @Nullable Object>> places : List.of(all.scanned(), all.indexed())) {
                assertThat(places.find(query.offset(offset)).map(place -> text(place, "id")))
                        .as("%s from %d", places.name(), offset)
                        .isEqualTo(expected);
            }
            QueryExplanation plan = all.indexed().profile(query.offset(offset));
            QueryExplanation.Execution execution = Objects.requireNonNull(plan.execution());
            assertThat(execution.keysRead()).as(plan.toString()).isLessThanOrEqualTo(20);
            assertThat(execution.documentsRead()).as(plan.toString()).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void pagesThatFollowEachOtherShowEachPlaceOnce() {
        Query query = Query.where(Filter.ne("country", "IN"))
                .sort(Sort.by("country").then(Sort.by("population").descending()))
                .limit(7_000);
        List<String> expected = all.maps().stream()
                .filter(place -> !text(place, "country").equals("IN"))
                .sorted(Comparator.<Map<String, @Nullable Object>, String>comparing(place -> text(place, "country"))
                        .thenComparing(place -> -population(place))
                        .thenComparing(place -> text(place, "id")))
                .map(place -> text(place, "id"))
                .toList();
        List<String> found = new ArrayList<>();
        Page<Map<String, @Nullable Object>> page = all.indexed().findPage(query);
        page.documents().forEach(place -> found.add(text(place, "id")));
        while (page.hasMore()) {
            page = all.indexed().findPage(query.after(Objects.requireNonNull(page.last())));
            page.documents().forEach(place -> found.add(text(place, "id")));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void groupsAreThoseOfPlainJava() {
        Map<String, LongSummaryStatistics> expected = all.maps().stream()
                .collect(Collectors.groupingBy(
                        place -> text(place, "country"),
                        TreeMap::new,
                        Collectors.summarizingLong(FilterCase::population)));
        Aggregation byCountry = Aggregation.of(
                        Measure.count().as("places"),
                        Measure.sum("population").as("people"),
                        Measure.min("population").as("least"),
                        Measure.max("population").as("most"),
                        Measure.avg("population").as("average"))
                .groupBy("country");
        for (DocumentCollection<Map<String, @Nullable Object>> places : List.of(all.scanned(), all.indexed())) {
            List<Row> rows = places.aggregate(byCountry);
            assertThat(rows).hasSameSizeAs(expected.keySet());
            for (Row row : rows) {
                LongSummaryStatistics figures = Objects.requireNonNull(expected.get(row.asString("country")));
                assertThat(row.asBigDecimal("places")).isEqualByComparingTo(BigDecimal.valueOf(figures.getCount()));
                assertThat(row.asBigDecimal("people")).isEqualByComparingTo(BigDecimal.valueOf(figures.getSum()));
                assertThat(row.asBigDecimal("least")).isEqualByComparingTo(BigDecimal.valueOf(figures.getMin()));
                assertThat(row.asBigDecimal("most")).isEqualByComparingTo(BigDecimal.valueOf(figures.getMax()));
                assertThat(row.asBigDecimal("average").doubleValue())
                        .isCloseTo(figures.getAverage(), Percentage.withPercentage(1e-9));
            }
            Map<String, Long> counts = new HashMap<>();
            places.countBy("country").forEach((country, count) -> counts.put(String.valueOf(country), count));
            assertThat(counts)
                    .isEqualTo(expected.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().getCount())));
        }
    }

    @Test
    void differentValuesAreThoseOfPlainJava() {
        Query cities = Query.where(AllPlaces.CITIES);
        List<String> countries = all.maps().stream()
                .map(place -> text(place, "country"))
                .distinct()
                .sorted()
                .toList();
        long regions = all.maps().stream()
                .filter(place -> population(place) >= 100_000)
                .map(place -> place.get("region"))
                .map(String::valueOf)
                .distinct()
                .count();
        for (DocumentCollection<Map<String, @Nullable Object>> places : List.of(all.scanned(), all.indexed())) {
            assertThat(places.distinct("country")).map(String::valueOf).isEqualTo(countries);
            assertThat(places.distinct("region", cities)).hasSize((int) regions);
            assertThat(places.aggregate(Aggregation.distinct("country"))).hasSameSizeAs(countries);
        }
    }

    @Test
    void chosenFieldsAreThoseOfTheDocuments() {
        Query query = Query.where(Filter.eq("country", "IS"))
                .sort(Sort.by("population").descending())
                .limit(3);
        assertThat(all.indexed().findFields(query, "name", "location.lat"))
                .map(Row::asMap)
                .isEqualTo(all.scanned()
                        .findFields(query, "name", "location.lat")
                        .map(Row::asMap)
                        .toList())
                .first()
                .satisfies(first -> assertThat(first).containsEntry("name", "Reykjavík"));
    }

    @Test
    void queriesAsTextFindTheSame() {
        Query query = QueryText.parse("find places where country = :country and population >= :min"
                        + " order by population desc limit 20")
                .bind(Map.of("country", "JP", "min", 1_000_000))
                .query();
        List<String> expected = all.maps().stream()
                .filter(place -> text(place, "country").equals("JP") && population(place) >= 1_000_000)
                .sorted(Comparator.comparing(place -> -population(place)))
                .limit(20)
                .map(place -> text(place, "name"))
                .toList();
        assertThat(expected).hasSizeGreaterThan(5).startsWith("Tokyo");
        assertThat(all.indexed().find(query).map(place -> text(place, "name"))).isEqualTo(expected);
        BoundAggregation grouped = (BoundAggregation)
                QueryText.parseStatement("select featureCode, count(*) as places from places group by featureCode")
                        .bind();
        long features = all.maps().stream()
                .map(place -> place.get("featureCode"))
                .distinct()
                .count();
        assertThat(all.indexed().aggregate(grouped.aggregation())).hasSize((int) features);
    }

    @Test
    void changesByQueryReachWhatTheFilterMatches() {
        Query japan = Query.where(Filter.eq("country", "JP"));
        long places = all.maps().stream()
                .filter(place -> text(place, "country").equals("JP"))
                .count();
        try (Transaction transaction = all.store().begin()) {
            DocumentCollection<Map<String, @Nullable Object>> inside = transaction.collection("places");
            assertThat(inside.update(japan, DocumentPatch.empty().set("population", -1)))
                    .isEqualTo(places);
            assertThat(inside.count(Query.where(Filter.eq("population", -1)))).isEqualTo(places);
            assertThat(inside.delete(japan)).isEqualTo(places);
            assertThat(inside.count()).isEqualTo(AllPlaces.COUNT - places);
            transaction.rollback();
        }
        assertThat(all.indexed().count(japan)).isEqualTo(places);
    }

    @Test
    void aViewHasTheRowsOfAllPlaces() {
        View<Map<String, @Nullable Object>> byWord = all.scanned().view("byWord", 1, (place, emitter) -> {
            for (String word : text(place, "name").split(" ", -1)) {
                emitter.emit(word, place.get("population"));
            }
        });
        long expected = all.maps().stream()
                .flatMap(place -> Arrays.stream(text(place, "name").split(" ", -1)))
                .filter("San"::equals)
                .count();
        assertThat(byWord.count(ViewQuery.key("San"))).isEqualTo(expected);
        assertThat(byWord.statistics(ViewQuery.key("San")).numbers()).isEqualTo(expected);
    }
}
