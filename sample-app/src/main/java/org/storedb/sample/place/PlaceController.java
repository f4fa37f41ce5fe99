package org.storedb.sample.place;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.SortDefault;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.storedb.sample.NotFoundException;
import org.storedb.sample.web.PageParameters;
import org.storedb.sample.web.SortFields;

@RestController
@RequestMapping("/api/places")
class PlaceController {

    /** Names are sorted regardless of case, which is the order of their index. */
    private static final SortFields SORT_FIELDS =
            new SortFields(Set.of("id", "country", "region", "featureCode", "population"), Set.of("name"));

    private final PlaceRepository places;

    PlaceController(PlaceRepository places) {
        this.places = places;
    }

    @GetMapping
    Page<PlaceResponse> search(
            @Valid PlaceCriteria criteria,
            @Valid PageParameters page,
            @SortDefault(sort = "population", direction = Sort.Direction.DESC) Sort sort) {
        return places.search(criteria, page.sortedBy(SORT_FIELDS.resolve(sort))).map(PlaceResponse::of);
    }

    @GetMapping("/countries")
    List<CountryCount> countries() {
        return places.countByCountry();
    }

    @GetMapping("/{id}")
    PlaceResponse place(@PathVariable String id) {
        return places.findById(id).map(PlaceResponse::of).orElseThrow(() -> new NotFoundException("place", id));
    }
}
