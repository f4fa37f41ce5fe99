package org.storedb.sample.place;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Criteria for places to find; a {@code null} or empty criterion is ignored.
 *
 * @param name the start of the name, ignoring case
 * @param country the code of the country, ignoring case
 * @param minPopulation the minimum population
 */
public record PlaceCriteria(
        @Nullable @Size(max = 100) String name,

        @Nullable @Pattern(regexp = "|[A-Za-z]{2}", message = "must be an ISO 3166 code of two letters")
        String country,

        @Nullable @PositiveOrZero Long minPopulation) {}
