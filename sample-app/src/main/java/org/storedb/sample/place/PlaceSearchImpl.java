package org.storedb.sample.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.support.PageableExecutionUtils;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.spring.data.core.StoreOperations;

/** Found by its name: Spring Data adds it to every repository that extends {@link PlaceSearch}. */
class PlaceSearchImpl implements PlaceSearch {

    private final StoreOperations operations;

    PlaceSearchImpl(StoreOperations operations) {
        this.operations = operations;
    }

    @Override
    public Page<Place> search(PlaceCriteria criteria, Pageable pageable) {
        Query matching = Query.where(filterOf(criteria));
        Query page =
                matching.sort(sortOf(pageable)).offset(pageable.getOffset()).limit(pageable.getPageSize());
        return PageableExecutionUtils.getPage(
                operations.find(page, Place.class), pageable, () -> operations.count(matching, Place.class));
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
            filters.add(Filter.startsWith("searchName", Place.searchable(criteria.name())));
        }
        if (criteria.country() != null && !criteria.country().isEmpty()) {
            filters.add(Filter.eq("country", criteria.country().toUpperCase(Locale.ROOT)));
        }
        if (criteria.minPopulation() != null) {
            filters.add(Filter.gte("population", criteria.minPopulation()));
        }
        return Filter.allOf(filters.toArray(Filter[]::new));
    }

    private static Sort sortOf(Pageable pageable) {
        return new Sort(pageable.getSort().stream()
                .map(order -> order.isAscending()
                        ? Sort.Order.ascending(order.getProperty())
                        : Sort.Order.descending(order.getProperty()))
                .toList());
    }
}
