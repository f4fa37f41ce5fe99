package org.storedb.sample.query;

import static org.storedb.query.Filter.between;
import static org.storedb.query.Filter.eq;
import static org.storedb.query.Filter.gt;
import static org.storedb.query.Filter.gte;
import static org.storedb.query.Filter.in;
import static org.storedb.query.Filter.lt;
import static org.storedb.query.Filter.lte;
import static org.storedb.query.Filter.within;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Ends;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/**
 * A filter beside the same in plain Java.
 *
 * @param indexes the indexes that a plan is expected to go through; none for a scan
 */
record FilterCase(Filter filter, Predicate<Map<String, @Nullable Object>> plain, List<String> indexes) {

    private static final GeoPoint PARIS = GeoPoint.of(48.8566, 2.3522);
    private static final GeoPoint FIJI = GeoPoint.of(-17.8, 179.5);
    private static final GeoShape TRIANGLE =
            GeoShape.polygon(GeoPoint.of(46.01, 6), GeoPoint.of(48.01, 6), GeoPoint.of(46.01, 10));

    static Stream<FilterCase> all() {
        return Stream.of(values(), texts(), arrays(), places(), together()).flatMap(cases -> cases);
    }

    private static Stream<FilterCase> values() {
        return Stream.of(
                of(eq("country", "JP"), p -> text(p, "country").equals("JP"), AllPlaces.BY_COUNTRY_AND_POPULATION),
                of(eq("population", 8022.0), p -> population(p) == 8022, AllPlaces.BY_POPULATION),
                of(eq("code", 3_039_154), p -> text(p, "id").equals("3039154"), AllPlaces.BY_CODE),
                of(eq("id", "3039154"), p -> text(p, "id").equals("3039154")),
                of(Filter.ne("featureCode", "PPL"), p -> !text(p, "featureCode").equals("PPL")),
                of(lt("population", 500), p -> population(p) < 500, AllPlaces.BY_POPULATION),
                of(lte("population", 600), p -> population(p) <= 600, AllPlaces.BY_POPULATION),
                of(gt("population", 5_000_000), p -> population(p) > 5_000_000, AllPlaces.BY_POPULATION),
                of(gte("location.lat", 66.5), p -> latitude(p) >= 66.5, AllPlaces.BY_LATITUDE),
                range(Ends.CLOSED, p -> population(p) >= 100_000 && population(p) <= 200_000),
                range(Ends.OPEN, p -> population(p) > 100_000 && population(p) < 200_000),
                range(Ends.CLOSED_OPEN, p -> population(p) >= 100_000 && population(p) < 200_000),
                range(Ends.OPEN_CLOSED, p -> population(p) > 100_000 && population(p) <= 200_000),
                of(
                        in("country", List.of("LI", "AD", "XX")),
                        p -> List.of("LI", "AD").contains(text(p, "country")),
                        AllPlaces.BY_COUNTRY_AND_POPULATION),
                of(
                        Filter.notIn("country", List.of("IN", "US", "CN")),
                        p -> !List.of("IN", "US", "CN").contains(text(p, "country"))),
                of(Filter.exists("altName"), p -> p.containsKey("altName")),
                of(Filter.isNull("region"), p -> p.get("region") == null, AllPlaces.BY_REGION_AND_CODE),
                of(Filter.hasType("region", ValueType.STRING), p -> p.get("region") instanceof String),
                of(Filter.hasType("region", ValueType.NULL), p -> false, AllPlaces.BY_REGION_AND_CODE));
    }

    private static Stream<FilterCase> texts() {
        Pattern twoWords = Pattern.compile("^S[a-z]+ [A-F]");
        return Stream.of(
                of(Filter.startsWith("name", "San "), p -> text(p, "name").startsWith("San "), AllPlaces.BY_NAME),
                of(Filter.endsWith("name", "ville"), p -> text(p, "name").endsWith("ville")),
                of(Filter.contains("name", "über"), p -> text(p, "name").contains("über")),
                of(Filter.like("name", "N_w%"), p -> text(p, "name").matches("(?s)N.w.*"), AllPlaces.BY_NAME),
                of(
                        Filter.matches("name", "^S[a-z]+ [A-F]"),
                        p -> twoWords.matcher(text(p, "name")).find()),
                of(
                        eq("name", "springfield").ignoringCase(),
                        p -> text(p, "name").equalsIgnoreCase("springfield"),
                        AllPlaces.BY_NAME_IGNORING_CASE),
                of(Filter.contains("name", "BERG").ignoringCase(), p -> lower(p).contains("berg")));
    }

    private static Stream<FilterCase> arrays() {
        return Stream.of(
                of(Filter.hasElement("words", "new"), p -> words(p).contains("new"), AllPlaces.BY_WORD),
                of(
                        Filter.hasAllElements("words", List.of("de", "la")),
                        p -> words(p).containsAll(List.of("de", "la")),
                        AllPlaces.BY_WORD),
                of(Filter.hasSize("words", 5), p -> words(p).size() == 5),
                of(Filter.hasSize("words", Filter.Operator.GT, 3), p -> words(p).size() > 3),
                of(
                        Filter.elementMatches("words", between(Filter.ELEMENT, "x", "xz")),
                        p -> words(p).stream()
                                .anyMatch(word -> word.compareTo("x") >= 0 && word.compareTo("xz") <= 0)));
    }

    private static Stream<FilterCase> places() {
        return Stream.of(
                of(Filter.near("location", PARIS, 50_000), p -> distance(PARIS, p) <= 50_000, AllPlaces.BY_LOCATION),
                of(
                        Filter.near("location", PARIS, 20_000, 50_000),
                        p -> distance(PARIS, p) >= 20_000 && distance(PARIS, p) <= 50_000,
                        AllPlaces.BY_LOCATION),
                of(
                        within("location", GeoShape.circle(FIJI, 500_000)), // Goes over longitude 180°.
                        p -> distance(FIJI, p) <= 500_000,
                        AllPlaces.BY_LOCATION),
                of(
                        within("location", GeoShape.box(GeoPoint.of(46, 6), GeoPoint.of(48, 10))),
                        p -> latitude(p) >= 46 && latitude(p) <= 48 && longitude(p) >= 6 && longitude(p) <= 10,
                        AllPlaces.BY_LOCATION),
                of(
                        within("location", TRIANGLE),
                        p -> latitude(p) >= 46.01 && longitude(p) >= 6 && longitude(p) <= 6 + 2 * (48.01 - latitude(p)),
                        AllPlaces.BY_LOCATION));
    }

    private static Stream<FilterCase> together() {
        Filter large = gte("population", 5_000_000);
        return Stream.of(
                of(Filter.all(), p -> true),
                of(Filter.anyOf(), p -> false),
                of(
                        eq("country", "JP").and(gte("population", 100_000)),
                        p -> text(p, "country").equals("JP") && population(p) >= 100_000,
                        AllPlaces.BY_COUNTRY_AND_POPULATION),
                of(
                        eq("country", "LI").or(large),
                        p -> text(p, "country").equals("LI") || population(p) >= 5_000_000,
                        AllPlaces.BY_COUNTRY_AND_POPULATION,
                        AllPlaces.BY_POPULATION),
                of(
                        Filter.hasElement("words", "san").and(Filter.not(eq("country", "US"))),
                        p -> words(p).contains("san") && !text(p, "country").equals("US"),
                        AllPlaces.BY_WORD),
                of(
                        eq("region", "Bavaria").and(AllPlaces.CITIES),
                        p -> "Bavaria".equals(p.get("region")) && population(p) >= 100_000,
                        AllPlaces.OF_CITIES_BY_REGION),
                of(
                        Filter.near("location", PARIS, 200_000).and(eq("featureCode", "PPLA2")),
                        p -> distance(PARIS, p) <= 200_000
                                && text(p, "featureCode").equals("PPLA2"),
                        AllPlaces.BY_LOCATION));
    }

    private static FilterCase range(Ends ends, Predicate<Map<String, @Nullable Object>> plain) {
        return of(between("population", 100_000, 200_000, ends), plain, AllPlaces.BY_POPULATION);
    }

    private static FilterCase of(Filter filter, Predicate<Map<String, @Nullable Object>> plain, String... indexes) {
        return new FilterCase(filter, plain, List.of(indexes));
    }

    static String text(Map<String, @Nullable Object> place, String field) {
        return String.valueOf(place.get(field));
    }

    static long population(Map<String, @Nullable Object> place) {
        return place.get("population") instanceof Number population ? population.longValue() : 0;
    }

    private static String lower(Map<String, @Nullable Object> place) {
        return text(place, "name").toLowerCase(Locale.ROOT);
    }

    private static List<String> words(Map<String, @Nullable Object> place) {
        return place.get("words") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static double latitude(Map<String, @Nullable Object> place) {
        return coordinate(place, "lat");
    }

    private static double longitude(Map<String, @Nullable Object> place) {
        return coordinate(place, "lon");
    }

    private static double coordinate(Map<String, @Nullable Object> place, String name) {
        return place.get("location") instanceof Map<?, ?> location && location.get(name) instanceof Number degrees
                ? degrees.doubleValue()
                : Double.NaN;
    }

    /** By the law of cosines, unlike the store. */
    private static double distance(GeoPoint from, Map<String, @Nullable Object> place) {
        double south = Math.toRadians(from.latitude());
        double north = Math.toRadians(latitude(place));
        double east = Math.toRadians(longitude(place) - from.longitude());
        double cosine = Math.sin(south) * Math.sin(north) + Math.cos(south) * Math.cos(north) * Math.cos(east);
        return GeoPoint.EARTH_RADIUS_METERS * Math.acos(Math.min(1, cosine));
    }
}
