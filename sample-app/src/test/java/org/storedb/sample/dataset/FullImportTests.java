package org.storedb.sample.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.storedb.Store;
import org.storedb.sample.TravelDeskApplication;
import org.storedb.sample.place.CountryCount;
import org.storedb.sample.place.Place;
import org.storedb.sample.place.PlaceRepository;
import tools.jackson.databind.JsonNode;

class FullImportTests {

    private static final int ALL_PLACES = 135_233;

    @Test
    void everyPlaceIsThereAfterTheImportAndAfterReopening(@TempDir Path directory) {
        List<JsonNode> lines = PlaceLines.all();
        assertThat(lines).hasSize(ALL_PLACES);

        long sequence;
        try (ConfigurableApplicationContext application = start(directory)) {
            assertCounts(application, lines);
            sequence = application.getBean(Store.class).stats().sequence();
        }
        try (ConfigurableApplicationContext application = start(directory)) {
            assertThat(application.getBean(Store.class).stats().sequence())
                    .as("nothing is imported again")
                    .isEqualTo(sequence);
            assertCounts(application, lines);
            assertDocuments(application, lines);
        }
    }

    private static ConfigurableApplicationContext start(Path directory) {
        return new SpringApplicationBuilder(TravelDeskApplication.class)
                .web(WebApplicationType.NONE)
                .run("--store.path=" + directory.resolve("store"));
    }

    private static void assertCounts(ConfigurableApplicationContext application, List<JsonNode> lines) {
        PlaceRepository places = application.getBean(PlaceRepository.class);
        Map<String, Long> counts =
                places.countByCountry().stream().collect(Collectors.toMap(CountryCount::country, CountryCount::places));

        assertThat(places.count()).isEqualTo(ALL_PLACES);
        assertThat(counts).isEqualTo(PlaceLines.countByCountry(lines));
    }

    private static void assertDocuments(ConfigurableApplicationContext application, List<JsonNode> lines) {
        Map<String, Place> stored = application.getBean(PlaceRepository.class).findAll().stream()
                .collect(Collectors.toMap(Place::id, place -> place));

        assertThat(lines).allSatisfy(line -> {
            Place place = Objects.requireNonNull(stored.get(line.get("id").stringValue()));
            assertThat(place.name()).isEqualTo(line.get("name").stringValue());
            assertThat(place.altName()).isEqualTo(line.path("altName").stringValue(null));
            assertThat(place.region()).isEqualTo(line.path("region").stringValue(null));
            assertThat(place.population()).isEqualTo(line.get("population").longValue());
            assertThat(place.location().lat())
                    .isEqualTo(line.at("/location/lat").doubleValue());
            assertThat(place.location().lon())
                    .isEqualTo(line.at("/location/lon").doubleValue());
        });
    }
}
