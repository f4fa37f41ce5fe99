package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Aggregation;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Measure;
import org.storedb.query.Page;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.text.QueryKind;

/** Orders by the distance from a point. */
class DistanceOrderTests {

    private static final GeoPoint TOKYO = GeoPoint.of(35.7, 139.7);
    private static final Sort NEAREST = Sort.byDistance("at", TOKYO);

    private final HeapCollection collection = new HeapCollection(new HeapFieldDictionary(0));

    @Test
    void nearestComesFirstWhateverFormItsPointHas() {
        addCities();
        assertThat(found(Query.all().sort(NEAREST)))
                .containsExactly("tokyo", "yokohama", "osaka", "honolulu", "paris", "atlantis", "nowhere");
    }

    @Test
    void whatIsNoPointComesLastUnlessTheOrderSaysOtherwise() {
        addCities();
        assertThat(found(Query.all().sort(NEAREST.descending())))
                .containsExactly("paris", "honolulu", "osaka", "yokohama", "tokyo", "atlantis", "nowhere");
        Sort.Order nearest = Sort.Order.distance("at", TOKYO);
        assertThat(nearest.nulls(Sort.NullOrder.NATURAL)).isEqualTo(nearest);
        assertThat(found(Query.all().sort(Sort.by(nearest.nulls(Sort.NullOrder.FIRST)))))
                .containsExactly("atlantis", "nowhere", "tokyo", "yokohama", "osaka", "honolulu", "paris");
        assertThat(nearest.reversed().reversed()).isEqualTo(nearest);
    }

    @Test
    void theShorterWayCrossesTheDateLine() {
        add("east", Map.of("lat", 0, "lon", 179));
        add("west", Map.of("lat", 0, "lon", -178));
        assertThat(found(Query.all().sort(Sort.byDistance("at", GeoPoint.of(0, -179)))))
                .containsExactly("west", "east");
    }

    @Test
    void whatIsEquallyFarComesByTheNextOrderAndThenById() {
        add("c", Map.of("lat", 1, "lon", 1));
        add("a", List.of(1, 1));
        add("b", Map.of("latitude", 1, "longitude", 1, "height", 5));
        assertThat(found(Query.all().sort(NEAREST))).containsExactly("a", "b", "c");
        assertThat(found(Query.all().sort(NEAREST.then(Sort.by("at.height").descending()))))
                .containsExactly("b", "a", "c");
    }

    @Test
    void pagesGoOnFromADistance() {
        addCities();
        Query query = Query.all().sort(NEAREST).limit(2);
        List<Object> ids = new ArrayList<>();
        Page<FoundDocument> page = collection.executor().page(query);
        page.documents().forEach(document -> ids.add(document.id()));
        assertThat(Objects.requireNonNull(page.last()).values())
                .containsExactly(TOKYO.distanceMeters(GeoPoint.of(35.4, 139.6)));
        while (page.hasMore()) {
            page = collection.executor().page(query.after(Objects.requireNonNull(page.last())));
            page.documents().forEach(document -> ids.add(document.id()));
        }
        assertThat(ids).isEqualTo(found(Query.all().sort(NEAREST)));
        Continuation nowhere = Objects.requireNonNull(page.first());
        assertThat(nowhere.values()).containsExactly((Object) null);
        assertThat(collection.executor().page(query.before(nowhere)).documents())
                .extracting(FoundDocument::id)
                .containsExactly("paris", "atlantis");
    }

    @Test
    void onlyTheNearestAreKeptOfWhatAnIndexFinds() {
        addCities();
        for (int number = 0; number < 1_000; number++) {
            add("far" + number, List.of(number / 10.0, -60));
        }
        collection.addIndex(IndexDefinition.onPlace("at"));
        Query query =
                Query.where(Filter.near("at", TOKYO, 500_000)).sort(NEAREST).limit(2);
        assertThat(found(query)).containsExactly("tokyo", "yokohama");
        PlanStep plan = collection.executor().explain(QueryKind.FIND, query).plan();
        assertThat(plan.flattened())
                .extracting(PlanStep::kind)
                .startsWith(Kind.READ, Kind.SORT, Kind.FILTER, Kind.READ, Kind.INDEX);
        assertThat(plan.flattened().get(1).description())
                .isEqualTo("sort by distance(at, (35.7, 139.7)), keep the first 2");
        assertThat(new Explanations(QueryKind.FIND, "places", query, false)
                        .of(QueryPlanner.ofAllWays(query, collection.view()).find())
                        .toString())
                .contains("sort by distance(at, (?, ?))")
                .contains("order by distance(at, (?, ?))")
                .doesNotContain("35.7");
    }

    @Test
    void nearestAreLookedForInACircle() {
        addGrid();
        Query query = Query.all().sort(NEAREST).limit(10);
        List<Object> expected = found(query);
        collection.addIndex(IndexDefinition.onPlace("at"));
        collection.reads = 0;
        assertThat(found(query)).isEqualTo(expected);
        assertThat(collection.reads).isLessThan(1_000);
        PlanStep plan = collection.executor().explain(QueryKind.FIND, query).plan();
        assertThat(plan.kind()).isEqualTo(Kind.NEAREST);
        assertThat(plan.description()).matches("the nearest within \\d+ m, if they are enough");
        assertThat(plan.inputs()).extracting(PlanStep::kind).containsExactly(Kind.SORT, Kind.READ);
    }

    @Test
    void otherConditionsMayLeaveTooFewInTheCircle() {
        addGrid();
        collection.addIndex(IndexDefinition.onPlace("at"));
        Query rare = Query.where(Filter.eq("kind", "rare")).sort(NEAREST).limit(2);
        assertThat(collection.executor().explain(QueryKind.FIND, rare).plan().kind())
                .isEqualTo(Kind.NEAREST);
        assertThat(found(rare)).containsExactly("far-north", "far-south");
        assertThat(found(Query.where(Filter.eq("kind", "none")).sort(NEAREST).limit(1)))
                .isEmpty();
    }

    @Test
    void largerCirclesComeBehindTheFirstIfThereAreOtherConditions() {
        addGrid();
        collection.addIndex(IndexDefinition.onPlace("at"));
        Query some = Query.where(Filter.endsWith("id", "-55")).sort(NEAREST).limit(3);
        collection.reads = 0;
        assertThat(found(some)).containsExactly("grid-29-55", "grid-28-55", "grid-30-55");
        assertThat(collection.reads).isLessThan(3_000);
        PlanStep plan = collection.executor().explain(QueryKind.FIND, some).plan();
        assertThat(plan.inputs().get(1).kind()).isEqualTo(Kind.NEAREST);
        assertThat(plan.flattened().stream().filter(step -> step.kind() == Kind.NEAREST))
                .hasSize(3);
    }

    @Test
    void circlesGrowAsPagesGoOn() {
        addGrid();
        List<Object> expected = found(Query.all().sort(NEAREST));
        collection.addIndex(IndexDefinition.onPlace("at"));
        List<Object> paged = new ArrayList<>();
        Continuation place = null;
        for (Page<FoundDocument> page = null; page == null || page.hasMore(); ) {
            Query query = Query.all().sort(NEAREST).limit(100);
            page = collection.executor().page(place == null ? query : query.after(place));
            page.documents().forEach(document -> paged.add(document.id()));
            place = page.last();
        }
        assertThat(paged).isEqualTo(expected);
    }

    @Test
    void circlesAreForTheNearestOnly() {
        addGrid();
        collection.addIndex(IndexDefinition.onPlace("at"));
        assertThat(isCircle(Query.all().sort(NEAREST).limit(5))).isTrue();
        assertThat(isCircle(Query.all()
                        .sort(NEAREST.then(Sort.by("kind")))
                        .offset(5)
                        .limit(5)))
                .isTrue();
        assertThat(isCircle(Query.all().sort(NEAREST))).isFalse();
        assertThat(isCircle(Query.all().sort(NEAREST).limit(2_000))).isFalse();
        assertThat(isCircle(Query.all().sort(NEAREST.descending()).limit(5))).isFalse();
        assertThat(isCircle(Query.all().sort(Sort.by("kind").then(NEAREST)).limit(5)))
                .isFalse();
        assertThat(isCircle(Query.all().sort(Sort.byDistance("other", TOKYO)).limit(5)))
                .isFalse();
        Sort.Order nullsFirst = Sort.Order.distance("at", TOKYO).nulls(Sort.NullOrder.FIRST);
        assertThat(isCircle(Query.all().sort(Sort.by(nullsFirst)).limit(5))).isFalse();
        assertThat(isCircle(Query.where(Filter.eq("kind", "grid"))
                        .sort(Sort.by("kind").then(NEAREST))
                        .limit(5)))
                .isTrue();
        collection.dropIndexes();
        collection.addIndex(IndexDefinition.onPlace("at").where(Filter.eq("kind", "rare")));
        assertThat(isCircle(Query.all().sort(NEAREST).limit(1))).isFalse();
    }

    private boolean isCircle(Query query) {
        return collection.executor().explain(QueryKind.FIND, query).plan().kind() == Kind.NEAREST;
    }

    @Test
    void anIndexOnTheFieldOrTheIdHasNotTheOrder() {
        addCities();
        collection.addIndex(IndexDefinition.on("at"));
        assertThat(found(Query.where(Filter.exists("at")).sort(NEAREST).limit(1)))
                .containsExactly("tokyo");
        List<Object> byId = found(Query.all());
        assertThat(found(Query.all().sort(Sort.byDistance("id", TOKYO)))).isEqualTo(byId);
        assertThat(found(Query.all().sort(Sort.byDistance("id", TOKYO).then(NEAREST))))
                .first()
                .isEqualTo("tokyo");
    }

    @Test
    void oneOrderByDistanceDoesNotMakeAnotherOrderNeedless() {
        addCities();
        Sort both = NEAREST.descending().then(Sort.byDistance("at", GeoPoint.of(0, 0)));
        assertThat(new PathOrder(both, new Conjunction(Filter.all())).orders()).hasSize(2);
        add("a", Map.of("lat", 35.7, "lon", 139.7, "height", 5));
        assertThat(found(Query.all()
                        .sort(NEAREST.then(Sort.by("at").descending()))
                        .limit(2)))
                .containsExactly("tokyo", "a");
    }

    @Test
    void groupsAreSortedByTheDistanceOfTheirPlaces() {
        addCities();
        Aggregation byPlace =
                Aggregation.of(Measure.count()).groupBy("at").sort(NEAREST).limit(2);
        assertThat(collection.executor().rows().aggregate(byPlace))
                .extracting(row -> row.value("at"))
                .containsExactly(Map.of("lat", 35.7, "lon", 139.7), List.of(139.6, 35.4));
    }

    private void addCities() {
        add("atlantis", "unknown");
        add("honolulu", Map.of("lat", 21.3, "lon", -157.9));
        add("nowhere", null);
        add("osaka", Map.of("type", "Point", "coordinates", List.of(135.5, 34.7)));
        add("paris", Map.of("latitude", 48.9, "longitude", 2.4));
        add("tokyo", Map.of("lat", 35.7, "lon", 139.7));
        add("yokohama", List.of(139.6, 35.4));
    }

    /** Places from 30 to 40 degrees north and 130 to 150 east, two far away, and some that are nowhere. */
    private void addGrid() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int row = 0; row < 50; row++) {
            for (int column = 0; column < 100; column++) {
                documents.add(
                        document("grid-" + row + "-" + column, List.of(130 + column / 5.0, 30 + row / 5.0), "grid"));
            }
        }
        documents.add(document("far-north", Map.of("lat", 85, "lon", 10), "rare"));
        documents.add(document("far-south", Map.of("lat", -85, "lon", 10), "rare"));
        for (int number = 0; number < 20; number++) {
            documents.add(document("nowhere-" + number, "unknown", "nowhere"));
        }
        collection.addAll(documents);
    }

    private static Map<String, @Nullable Object> document(String id, Object at, String kind) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("at", at);
        document.put("kind", kind);
        return document;
    }

    private void add(String id, @Nullable Object at) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("at", at);
        collection.addAll(List.of(document));
    }

    private List<Object> found(Query query) {
        List<Object> ids = new ArrayList<>();
        collection.executor().find(query).forEachRemaining(document -> ids.add(document.id()));
        return ids;
    }
}
