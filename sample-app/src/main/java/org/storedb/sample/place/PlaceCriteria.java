package org.storedb.sample.place;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Which places to find; a part that is {@code null} or empty does not matter.
 *
 * @param name how the name starts, in upper or lower case
 * @param country code of the country, in upper or lower case
 * @param minPopulation the smallest population
 */
public record PlaceCriteria(
        @Nullable @Size(max = 100) String name,

        @Nullable @Pattern(regexp = "|[A-Za-z]{2}", message = "must be an ISO 3166 code of two letters")
        String country,

        @Nullable @PositiveOrZero Long minPopulation) {}
