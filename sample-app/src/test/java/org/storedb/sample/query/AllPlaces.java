package org.storedb.sample.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.sample.dataset.PlaceLines;
import tools.jackson.databind.JsonNode;

/**
 * All places as plain maps, and the same in two collections of a store in memory: one without indexes, and one with an index
 * of every kind. To the fields of the file come {@code words}, the words of the name, and {@code code}, the id as a number.
 */
final class AllPlaces implements AutoCloseable {

    static final int COUNT = 135_233;

    static final String BY_POPULATION = "byPopulation";
    static final String BY_LATITUDE = "byLatitude";
    static final String BY_COUNTRY_AND_POPULATION = "byCountryAndPopulation";
    static final String BY_FEATURE = "byFeature";
    static final String BY_CODE = "byCode";
    static final String BY_REGION_AND_CODE = "byRegionAndCode";
    static final String BY_WORD = "byWord";
    static final String BY_NAME = "byName";
    static final String BY_NAME_IGNORING_CASE = "byNameIgnoringCase";
    static final String OF_CITIES_BY_REGION = "ofCitiesByRegion";
    static final String BY_LOCATION = "byLocation";

    /** What is in the index on regions. */
    static final Filter CITIES = Filter.gte("population", 100_000);

    private static final int BATCH = 5_000;

    private final Store store = Store.openInMemory();
    private final List<Map<String, @Nullable Object>> maps = new ArrayList<>(COUNT);

    AllPlaces() {
        PlaceLines.all().forEach(line -> maps.add(map(line)));
        load(scanned());
        load(indexed());
        List.of(
                        IndexDefinition.on("population").named(BY_POPULATION),
                        IndexDefinition.on("location.lat").named(BY_LATITUDE),
                        IndexDefinition.on("country").descending("population").named(BY_COUNTRY_AND_POPULATION),
                        IndexDefinition.on("featureCode").named(BY_FEATURE),
                        IndexDefinition.uniqueOn("code").named(BY_CODE),
                        IndexDefinition.uniqueOn("region", "code").named(BY_REGION_AND_CODE),
                        IndexDefinition.onEachElementOf("words").named(BY_WORD),
                        IndexDefinition.on("name").named(BY_NAME),
                        IndexDefinition.on("name").caseInsensitive().named(BY_NAME_IGNORING_CASE),
                        IndexDefinition.on("region").where(CITIES).named(OF_CITIES_BY_REGION),
                        IndexDefinition.onPlace("location").named(BY_LOCATION))
                .forEach(indexed()::createIndex);
    }

    /** In the order of the file. */
    List<Map<String, @Nullable Object>> maps() {
        return maps;
    }

    Store store() {
        return store;
    }

    DocumentCollection<Map<String, @Nullable Object>> scanned() {
        return store.collection("scanned");
    }

    DocumentCollection<Map<String, @Nullable Object>> indexed() {
        return store.collection("places");
    }

    private void load(DocumentCollection<Map<String, @Nullable Object>> target) {
        for (int from = 0; from < maps.size(); from += BATCH) {
            target.insertAll(maps.subList(from, Math.min(from + BATCH, maps.size())));
        }
    }

    private static Map<String, @Nullable Object> map(JsonNode line) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String field : List.of("id", "name", "country", "region", "featureCode", "altName")) {
            if (line.has(field)) {
                map.put(field, line.get(field).stringValue());
            }
        }
        map.put("population", line.get("population").longValue());
        map.put("code", Long.parseLong(line.get("id").stringValue()));
        JsonNode location = line.get("location");
        map.put(
                "location",
                Map.of(
                        "lat", location.get("lat").doubleValue(),
                        "lon", location.get("lon").doubleValue()));
        String[] words = line.get("name").stringValue().toLowerCase(Locale.ROOT).split("[ -]+", -1);
        map.put("words", List.of(words));
        return map;
    }

    @Override
    public void close() {
        store.close();
    }
}
