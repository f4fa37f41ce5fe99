package org.storedb.sample.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of places as it is, read without any code of the application: what tests compare with. */
public final class PlaceLines {

    private static final JsonMapper JSON = JsonMapper.shared();

    private PlaceLines() {}

    public static List<JsonNode> first(long limit) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ClassPathResource("data/places.ndjson.gz").getInputStream()),
                StandardCharsets.UTF_8))) {
            return reader.lines().limit(limit).map(JSON::readTree).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<JsonNode> all() {
        return first(Long.MAX_VALUE);
    }

    public static Map<String, Long> countByCountry(List<JsonNode> places) {
        return places.stream()
                .map(place -> place.get("country").stringValue())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
