package org.storedb.sample.place;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A place as clients see it, independent of what else the store may come to keep about it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlaceResponse(
        String id,
        String name,
        @Nullable String altName,
        String country,
        @Nullable String region,
        String featureCode,
        long population,
        Location location) {

    static PlaceResponse of(Place place) {
        return new PlaceResponse(
                place.id(),
                place.name(),
                place.altName(),
                place.country(),
                place.region(),
                place.featureCode(),
                place.population(),
                place.location());
    }
}
