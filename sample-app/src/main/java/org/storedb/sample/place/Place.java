package org.storedb.sample.place;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.CompoundIndex;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * A populated place.
 *
 * @param name indexed by its lower case: so a search for the start of a name that ignores case is a range of the index
 * @param country its country as ISO 3166 code of two letters
 * @param region the first administrative division, as far as it is known
 * @param featureCode what kind of place it is in the words of GeoNames, {@code PPLC} for a capital
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
