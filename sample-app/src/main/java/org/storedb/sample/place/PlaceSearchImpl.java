package org.storedb.sample.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.StoreOperations;

/**
 * Implementation of {@link PlaceSearch}; found by its name, and added by Spring Data to every repository that extends
 * the interface.
 */
class PlaceSearchImpl implements PlaceSearch {

    private final StoreOperations operations;

    PlaceSearchImpl(StoreOperations operations) {
        this.operations = operations;
    }

    @Override
    public Page<Place> search(PlaceCriteria criteria, Pageable pageable) {
        return operations.query(Place.class).matching(filterOf(criteria)).page(pageable);
    }

    @Override
    public List<CountryCount> countByCountry() {
        return operations.execute(Place.class, places -> places.countBy("country")).entrySet().stream()
                .map(count -> new CountryCount(String.valueOf(count.getKey()), count.getValue()))
                .toList();
    }

    private static Filter filterOf(PlaceCriteria criteria) {
        List<Filter> filters = new ArrayList<>();
        if (criteria.name() != null && !criteria.name().isEmpty()) {
            filters.add(Filter.startsWith("name", criteria.name()).ignoringCase());
        }
        if (criteria.country() != null && !criteria.country().isEmpty()) {
            filters.add(Filter.eq("country", criteria.country().toUpperCase(Locale.ROOT)));
        }
        if (criteria.minPopulation() != null) {
            filters.add(Filter.gte("population", criteria.minPopulation()));
        }
        return Filter.allOf(filters.toArray(Filter[]::new));
    }
}
