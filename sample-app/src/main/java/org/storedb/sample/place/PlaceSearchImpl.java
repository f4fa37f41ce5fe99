package org.storedb.sample.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreOperations;

/** Found by its name: Spring Data adds it to every repository that extends {@link PlaceSearch}. */
class PlaceSearchImpl implements PlaceSearch {

    private final StoreOperations operations;

    PlaceSearchImpl(StoreOperations operations) {
        this.operations = operations;
    }

    @Override
    public Page<Place> search(PlaceCriteria criteria, Pageable pageable) {
        return operations.find(Query.where(filterOf(criteria)), Place.class, pageable);
    }

    @Override
    public List<CountryCount> countByCountry() {
        List<CountryCount> counts = new ArrayList<>();
        operations
                .countBy("country", Place.class)
                .forEach((country, places) -> counts.add(new CountryCount(String.valueOf(country), places)));
        return counts;
    }

    private static Filter filterOf(PlaceCriteria criteria) {
        List<Filter> filters = new ArrayList<>();
        if (criteria.name() != null && !criteria.name().isEmpty()) {
            filters.add(Filter.startsWith("searchName", Place.searchable(criteria.name())));
        }
        if (criteria.country() != null && !criteria.country().isEmpty()) {
            filters.add(Filter.eq("country", criteria.country().toUpperCase(Locale.ROOT)));
        }
        if (criteria.minPopulation() != null) {
            filters.add(Filter.gte("population", criteria.minPopulation()));
        }
        return Filter.and(filters.toArray(Filter[]::new));
    }
}
