package org.storedb.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.storedb.Store;
import org.storedb.maintenance.CompactionResult;
import org.storedb.sample.TravelDeskApplication;

class CompactionTests {

    private static final int PLACES = 10_000;
    private static final int UPDATES = 10;

    @Test
    void placesThatWereUpdatedOftenTakeLittleMoreThanOneCopy(@TempDir Path directory) {
        try (ConfigurableApplicationContext application = start(directory)) {
            Store store = application.getBean(Store.class);
            PlaceRepository places = application.getBean(PlaceRepository.class);
            List<Place> imported = places.findAll();
            long oneCopyBytes = store.stats().log().bytesOnDisk();

            updateAll(places);
            assertThat(store.stats().log().bytesOnDisk()).isGreaterThan(UPDATES * oneCopyBytes / 2);
            CompletableFuture<CompactionResult> compaction = store.compact();
            assertAnswersUntilDone(places, compaction);

            assertThat(store.stats().log().bytesOnDisk()).isLessThan(oneCopyBytes * 3 / 2);
            assertThat(places.findAll())
                    .containsExactlyElementsOf(imported.stream()
                            .map(place -> grown(place, UPDATES))
                            .toList());
        }
    }

    private static ConfigurableApplicationContext start(Path directory) {
        return new SpringApplicationBuilder(TravelDeskApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--store.path=" + directory.resolve("store"),
                        "--store.segment-size=1MB",
                        "--store.compaction.automatic=false",
                        "--travel-desk.import.limit=" + PLACES);
    }

    private static void updateAll(PlaceRepository places) {
        for (int i = 0; i < UPDATES; i++) {
            places.saveAll(
                    places.findAll().stream().map(place -> grown(place, 1)).toList());
        }
    }

    private static void assertAnswersUntilDone(PlaceRepository places, CompletableFuture<?> compaction) {
        PlaceCriteria everything = new PlaceCriteria(null, null, null);
        do {
            Page<Place> page = places.search(everything, PageRequest.of(7, 10));
            assertThat(page).hasSize(10);
            assertThat(page.getTotalElements()).isEqualTo(PLACES);
        } while (!compaction.isDone());
        compaction.join();
    }

    private static Place grown(Place place, int people) {
        return new Place(
                place.id(),
                place.name(),
                place.altName(),
                place.country(),
                place.region(),
                place.featureCode(),
                place.population() + people,
                place.location());
    }
}
