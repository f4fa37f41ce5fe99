package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** Queries for places find the same through an index on places as without one. */
class PlaceIndexTests {

    private final Random random = new Random(21);

    @Test
    void everyWayFindsTheSamePlaces() {
        int matches = 0;
        int throughIndex = 0;
        for (int round = 0; round < 25; round++) {
            HeapCollection collection = new HeapCollection(new HeapFieldDictionary(0));
            collection.addAll(documents(300));
            collection.addIndex(IndexDefinition.onPlace("at"));
            collection.addIndex(IndexDefinition.on("country").place("at").ascending("size"));
            for (int number = 0; number < 60; number++) {
                Query query = query();
                List<QueryPlanner.PricedPlan> plans =
                        QueryPlanner.ofAllWays(query, collection.view()).find();
                List<Object> expected = null;
                for (QueryPlanner.PricedPlan plan : plans) {
                    List<Object> found = run(collection, plan);
                    expected = expected == null ? found : expected;
                    assertThat(found).as("%s by %s", query, plan.plan()).isEqualTo(expected);
                    matches += found.size();
                }
                throughIndex += plans.size() - 1;
            }
        }
        assertThat(matches).isGreaterThan(1_000);
        assertThat(throughIndex).isGreaterThan(1_000);
    }

    @Test
    void onlyDocumentsNearbyAreRead() {
        HeapCollection collection = new HeapCollection(new HeapFieldDictionary(0));
        collection.addAll(documents(2_000));
        collection.addIndex(IndexDefinition.onPlace("at"));
        collection.reads = 0;
        collection.executor().count(Query.where(Filter.near("at", GeoPoint.of(48.85, 2.35), 50_000)));
        assertThat(collection.reads).isLessThan(100);
    }

    @Test
    void queriesThatAskForNoPlaceDoNotUseTheIndex() {
        HeapCollection collection = new HeapCollection(new HeapFieldDictionary(0));
        collection.addAll(documents(100));
        collection.addIndex(IndexDefinition.onPlace("at"));
        collection.addIndex(IndexDefinition.on("country").place("at"));
        assertThat(QueryPlanner.ofAllWays(Query.where(Filter.eq("country", "F")), collection.view())
                        .find())
                .hasSize(1);
        assertThat(QueryPlanner.ofAllWays(
                                Query.where(Filter.not(Filter.near("at", GeoPoint.of(0, 0), 1))), collection.view())
                        .find())
                .hasSize(1);
    }

    private static List<Object> run(HeapCollection collection, QueryPlanner.PricedPlan plan) {
        DocumentSource source = new PlanRunner(collection.view(), null).open((QueryPlan.Documents) plan.plan());
        List<Object> ids = new ArrayList<>();
        for (FoundDocument found = source.next(); found != null; found = source.next()) {
            ids.add(found.id());
        }
        return ids;
    }

    private Query query() {
        GeoPoint center = random.nextInt(5) == 0 ? GeoPoint.of(random.nextBoolean() ? 90 : 10, 180) : point();
        double meters = Math.pow(10, 4 + random.nextInt(4));
        Filter place = switch (random.nextInt(4)) {
            case 0 -> Filter.near("at", center, meters);
            case 1 -> Filter.near("at", center, meters / 2, meters);
            case 2 -> Filter.within("at", GeoShape.circle(center, meters));
            default -> Filter.within("at", box(center));
        };
        Filter filter =
                random.nextBoolean() ? place.and(Filter.eq("country", random.nextBoolean() ? "F" : "D")) : place;
        Query query = Query.where(filter);
        return random.nextInt(3) == 0 ? query.sort(Sort.by("size")).limit(10) : query;
    }

    private GeoShape box(GeoPoint corner) {
        double north = Math.min(90, corner.latitude() + random.nextInt(60));
        double east = corner.longitude() + random.nextInt(200);
        return GeoShape.box(corner, GeoPoint.of(north, east > 180 ? east - 360 : east));
    }

    private GeoPoint point() {
        return GeoPoint.of(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180);
    }

    private List<Map<String, @Nullable Object>> documents(int count) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            GeoPoint point = random.nextInt(10) == 0 ? GeoPoint.of(random.nextInt(91), 180) : point();
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", "p" + number);
            document.put("country", random.nextBoolean() ? "F" : "D");
            document.put("size", random.nextInt(20));
            switch (random.nextInt(6)) {
                case 0 -> document.put("at", Map.of("lat", point.latitude(), "lng", point.longitude()));
                case 1 -> document.put("at", List.of(point.longitude(), point.latitude()));
                case 2 ->
                    document.put(
                            "at", Map.of("type", "Point", "coordinates", List.of(point.longitude(), point.latitude())));
                case 3 -> document.put("at", random.nextBoolean() ? "nowhere" : List.of(1, 200));
                default -> document.put("at", Map.of("latitude", point.latitude(), "longitude", point.longitude()));
            }
            documents.add(document);
        }
        return documents;
    }
}
