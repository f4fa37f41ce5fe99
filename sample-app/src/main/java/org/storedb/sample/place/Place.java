package org.storedb.sample.place;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.CompoundIndex;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * A populated place.
 *
 * @param country its country as ISO 3166 code of two letters
 * @param region the first administrative division, as far as it is known
 * @param featureCode what kind of place it is in the words of GeoNames, {@code PPLC} for a capital
 * @param searchName the name as {@link #searchable} makes it: a search that ignores case is a range of its index
 */
@Document("places")
@CompoundIndex(
        name = "country_searchName",
        fields = {"country", "searchName"})
@CompoundIndex(
        name = "country_population",
        fields = {"country", "population"})
public record Place(
        @Id String id,
        String name,
        @Nullable String altName,
        @Indexed String country,
        @Nullable String region,
        String featureCode,
        @Indexed long population,
        Location location,
        @Indexed String searchName) {

    /** What upper and lower case have in common. */
    public static String searchable(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
