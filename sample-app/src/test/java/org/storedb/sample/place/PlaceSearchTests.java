package org.storedb.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.storedb.spring.test.DataStoreTest;

/** The questions to places, with a store in memory and nothing else of the application. */
@DataStoreTest
class PlaceSearchTests {

    @Autowired
    private PlaceRepository places;

    @BeforeEach
    void insertPlaces() {
        places.insertAll(List.of(
                place("1", "Paris", "FR", 2_100_000),
                place("2", "Parisot", "FR", 500),
                place("3", "Paris", "US", 25_000),
                place("4", "Lyon", "FR", 500_000)));
    }

    @Test
    void nameIsItsStartInUpperOrLowerCase() {
        assertThat(names("PARI", null, null)).containsExactly("Paris", "Paris", "Parisot");
        assertThat(names("aris", null, null)).isEmpty();
    }

    @Test
    void partsAddUp() {
        assertThat(names("paris", "fr", null)).containsExactly("Paris", "Parisot");
        assertThat(names("paris", "fr", 501L)).containsExactly("Paris");
        assertThat(names("", "", null)).hasSize(4);
    }

    @Test
    void pageKnowsTheTotal() {
        Page<Place> page = places.search(
                new PlaceCriteria(null, "FR", null),
                PageRequest.of(1, 2, Sort.by("population").descending()));

        assertThat(page).extracting(Place::name).containsExactly("Parisot");
        assertThat(page.getTotalElements()).isEqualTo(3);
    }

    @Test
    void countriesAreCounted() {
        assertThat(places.countByCountry()).containsExactly(new CountryCount("FR", 3), new CountryCount("US", 1));
    }

    private List<String> names(@Nullable String name, @Nullable String country, @Nullable Long minPopulation) {
        return places.search(
                        new PlaceCriteria(name, country, minPopulation),
                        PageRequest.ofSize(20).withSort(Sort.by("name")))
                .map(Place::name)
                .getContent();
    }

    private static Place place(String id, String name, String country, long population) {
        return new Place(id, name, null, country, null, "PPL", population, new Location(0, 0));
    }
}
