package org.storedb.sample.place;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.transaction.annotation.Transactional;

/** The questions to places that do not fit into the name of a method; answered by {@link PlaceSearchImpl}. */
public interface PlaceSearch {

    /** The places that match, in the order of {@code pageable}. The page and the total are of the same moment. */
    @Transactional(readOnly = true)
    Page<Place> search(PlaceCriteria criteria, Pageable pageable);

    /** How many places each country has, by country. */
    List<CountryCount> countByCountry();
}
