package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/** Conditions on types, arrays, places and by regular expressions, and values that they have something to find in. */
final class RandomConditions {

    private static final List<String> REGULAR_EXPRESSIONS = List.of(
            "a",
            "^a",
            "b$",
            "^$",
            "[abÄ]+",
            "[^a]",
            "^(a|bb?)*$",
            "a.?b",
            "(?:aB){1,2}",
            "\\\\",
            "^.{2}$",
            "_|%",
            "ä*Ä");

    private static final List<String> WORDS =
            List.of("a", "A*", "b", "B*", "ab", "Ab*", "ä", "Ä*", "İ", "i*", "aσ", "AΣ*", "c", "two", "harbour*", "t*");

    private final Random random;
    private final Supplier<Object> operands;

    /** Conditions with values from {@code operands}. */
    RandomConditions(Random random, Supplier<Object> operands) {
        this.random = random;
        this.operands = operands;
    }

    /** The kinds of a filter and of those in it. */
    static Set<Class<?>> kindsOf(Filter filter) {
        Set<Class<?>> kinds = new HashSet<>(Set.of(filter.getClass()));
        if (filter instanceof Filter.And and) {
            and.filters().forEach(part -> kinds.addAll(kindsOf(part)));
        } else if (filter instanceof Filter.Or or) {
            or.filters().forEach(part -> kinds.addAll(kindsOf(part)));
        } else if (filter instanceof Filter.Not not) {
            kinds.addAll(kindsOf(not.filter()));
        }
        return kinds;
    }

    Filter condition(String field) {
        return switch (random.nextInt(10)) {
            case 8 -> Filter.text(field, words());
            case 0 -> Filter.hasType(field, oneOf(ValueType.class));
            case 1 -> Filter.matches(field, REGULAR_EXPRESSIONS.get(random.nextInt(REGULAR_EXPRESSIONS.size())));
            case 2 -> Filter.hasAllElements(field, elements());
            case 3 -> Filter.hasSize(field, oneOf(Filter.Operator.class), random.nextInt(4));
            case 4, 5 -> Filter.elementMatches(field, ofElement(1));
            case 6, 9 -> near(field);
            default -> Filter.within(field, shape());
        };
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            elements.add(operands.get());
        }
        return elements;
    }

    private Filter ofElement(int depth) {
        String field = List.of(Filter.ELEMENT, Filter.ELEMENT, "a", "x").get(random.nextInt(4));
        Filter filter = switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 8 -> Filter.text(field, words());
            case 0 -> Filter.hasType(field, oneOf(ValueType.class));
            case 1 -> Filter.startsWith(field, random.nextBoolean() ? "a" : "B");
            case 2 -> Filter.in(field, elements());
            case 5 -> ofElement(0).and(ofElement(0));
            case 6 -> Filter.not(ofElement(0)).or(ofElement(0));
            case 7 -> Filter.elementMatches(field, ofElement(0));
            default -> new Filter.Comparison(field, oneOf(Filter.Operator.class), operands.get(), false);
        };
        return random.nextInt(4) == 0 ? filter.ignoringCase() : filter;
    }

    /** One or several words, some of which are beginnings. */
    String words() {
        return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
                .limit(1 + random.nextInt(random.nextBoolean() ? 1 : 3))
                .collect(Collectors.joining(random.nextBoolean() ? " " : "_"));
    }

    private Filter near(String field) {
        double metres = Math.pow(10, 4 + 3 * random.nextDouble());
        return Filter.near(field, point(), random.nextBoolean() ? 0 : metres / 3, metres);
    }

    private GeoShape shape() {
        GeoPoint corner = point();
        return switch (random.nextInt(3)) {
            case 0 -> GeoShape.circle(corner, Math.pow(10, 4 + 3 * random.nextDouble()));
            case 1 ->
                GeoShape.box(
                        corner,
                        GeoPoint.of(
                                corner.latitude() + random.nextDouble() * (90 - corner.latitude()),
                                random.nextDouble() * 360 - 180));
            default ->
                GeoShape.polygon(
                        corner,
                        GeoPoint.of(corner.latitude() / 2, corner.longitude() / 2 + 1),
                        GeoPoint.of(corner.latitude() / 3 + 1, corner.longitude() / 2 - 1));
        };
    }

    GeoPoint point() {
        return GeoPoint.of(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180);
    }

    /** A place in one of its forms, or something that is none. */
    @Nullable
    Object place() {
        GeoPoint point = random.nextInt(12) == 0 ? GeoPoint.of(random.nextInt(91), 180) : point();
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> Map.of("lat", point.latitude(), "lon", point.longitude());
            case 3 -> Map.of("latitude", point.latitude(), "longitude", point.longitude());
            case 4 -> List.of(point.longitude(), point.latitude());
            case 5 -> Map.of("type", "Point", "coordinates", List.of(point.longitude(), point.latitude()));
            case 6 -> List.of(point.longitude(), 100);
            default -> null;
        };
    }

    /** An array of values, arrays and objects, or of none. */
    List<@Nullable Object> array(Supplier<? extends @Nullable Object> values) {
        List<@Nullable Object> array = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            array.add(random.nextInt(3) == 0 ? object(values) : values.get());
        }
        return array;
    }

    private Map<String, @Nullable Object> object(Supplier<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("a", values.get());
        if (random.nextBoolean()) {
            object.put("x", values.get());
        }
        return object;
    }

    /** An index on words. */
    IndexDefinition indexOnWords() {
        String field = List.of("a", "b", "n.x", "t").get(random.nextInt(4));
        return switch (random.nextInt(3)) {
            case 0 -> IndexDefinition.on("c").wordsOf(field);
            case 1 -> IndexDefinition.onWordsOf(field).descending("c");
            default -> IndexDefinition.onWordsOf(field);
        };
    }

    /** An index on places. */
    IndexDefinition indexOnPlaces() {
        return random.nextBoolean()
                ? IndexDefinition.onPlace("p")
                : IndexDefinition.on("a").place("p").descending("b");
    }

    private <E extends Enum<E>> E oneOf(Class<E> type) {
        List<E> constants = List.copyOf(EnumSet.allOf(type));
        return constants.get(random.nextInt(constants.size()));
    }
}
