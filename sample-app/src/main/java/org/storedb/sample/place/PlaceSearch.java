package org.storedb.sample.place;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.transaction.annotation.Transactional;

/** Queries for places that cannot be expressed by the name of a method; implemented by {@link PlaceSearchImpl}. */
public interface PlaceSearch {

    /** Returns the matching places, in the order of {@code pageable}. The page and the total come from one snapshot. */
    @Transactional(readOnly = true)
    Page<Place> search(PlaceCriteria criteria, Pageable pageable);

    /** Returns the number of places in each country, by country. */
    List<CountryCount> countByCountry();
}
