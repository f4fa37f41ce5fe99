package org.storedb.sample.place;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.CompoundIndex;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * A populated place.
 *
 * @param name the name, indexed in lower case, so that a case-insensitive search for a prefix is a range of the index
 * @param country its country as a two-letter ISO 3166 code
 * @param region the first-level administrative division, if known
 * @param featureCode the GeoNames feature code for the kind of place, such as {@code PPLC} for a capital
 */
@Document("places")
@CompoundIndex(
        name = "country_name",
        fields = {"country", "name ignoring case"})
@CompoundIndex(
        name = "country_population",
        fields = {"country", "population"})
public record Place(
        @Id String id,
        @Indexed(ignoreCase = true) String name,
        @Nullable String altName,
        @Indexed String country,
        @Nullable String region,
        String featureCode,
        @Indexed long population,
        Location location) {}
