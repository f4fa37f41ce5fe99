package org.storedb.internal.query;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/** The newer filters over plain values, for {@link NaiveQueries}; written from the public contract alone. */
final class NaiveTests {

    private static final Pattern WORD = Pattern.compile("([\\p{L}\\p{Nd}][\\p{L}\\p{Nd}\\p{M}]*)(\\*?)");

    private NaiveTests() {}

    static String fieldOf(Filter filter) {
        if (filter instanceof Filter.HasType has) {
            return has.field();
        }
        if (filter instanceof Filter.Regex regex) {
            return regex.field();
        }
        if (filter instanceof Filter.Text text) {
            return text.field();
        }
        if (filter instanceof Filter.HasAllElements has) {
            return has.field();
        }
        if (filter instanceof Filter.HasSize has) {
            return has.field();
        }
        if (filter instanceof Filter.ElementMatch match) {
            return match.field();
        }
        return filter instanceof Filter.Near near ? near.field() : ((Filter.Within) filter).field();
    }

    static boolean matches(@Nullable Object value, Filter filter) {
        if (filter instanceof Filter.HasType has) {
            return value != NaiveQueries.MISSING && typeOf(value) == has.type();
        }
        if (filter instanceof Filter.Regex regex) {
            int flags = regex.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            return value instanceof String text
                    && Pattern.compile(regex.regex(), flags).matcher(text).find();
        }
        if (filter instanceof Filter.Text text) {
            return hasWords(value instanceof List<?> list ? list : Collections.singletonList(value), text.words());
        }
        if (filter instanceof Filter.HasSize has) {
            return sized(value, has);
        }
        if (filter instanceof Filter.HasAllElements has) {
            return value instanceof List<?> list
                    && has.elements().stream()
                            .allMatch(wanted ->
                                    list.stream().anyMatch(each -> NaiveQueries.compare(each, plain(wanted)) == 0));
        }
        if (filter instanceof Filter.ElementMatch match) {
            return value instanceof List<?> list
                    && list.stream().anyMatch(each -> elementMatches(each, match.filter()));
        }
        GeoPoint point = point(value);
        if (point == null) {
            return false;
        }
        if (filter instanceof Filter.Near near) {
            double distance = distance(near.center(), point);
            return distance >= near.fromMeters() && distance <= near.toMeters();
        }
        GeoShape shape = ((Filter.Within) filter).shape();
        if (shape instanceof GeoShape.Circle circle) {
            return distance(circle.center(), point) <= circle.radiusMeters();
        }
        return shape.contains(point); // Boxes and polygons have tests of their own.
    }

    private static ValueType typeOf(@Nullable Object value) {
        if (value == null) {
            return ValueType.NULL;
        }
        if (value instanceof Boolean) {
            return ValueType.BOOLEAN;
        }
        if (value instanceof Number) {
            return ValueType.NUMBER;
        }
        if (value instanceof String) {
            return ValueType.STRING;
        }
        return value instanceof List<?>
                ? ValueType.ARRAY
                : value instanceof Map<?, ?> ? ValueType.OBJECT : ValueType.BINARY;
    }

    private static boolean hasWords(List<?> values, String asked) {
        Set<String> words = new TreeSet<>();
        values.stream()
                .filter(String.class::isInstance)
                .forEach(value ->
                        WORD.matcher((String) value).results().forEach(word -> words.add(lowerCase(word.group(1)))));
        return WORD.matcher(asked).results().allMatch(wanted -> {
            String word = lowerCase(wanted.group(1));
            return wanted.group(2).isEmpty()
                    ? words.contains(word)
                    : words.stream().anyMatch(each -> each.startsWith(word));
        });
    }

    private static String lowerCase(String word) {
        return word.codePoints()
                .mapToObj(letter ->
                        letter == 'ς' ? "σ" : Character.toString(letter).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static boolean sized(@Nullable Object value, Filter.HasSize has) {
        boolean isList = value instanceof List<?>;
        long size = value instanceof List<?> list ? list.size() : -1;
        return switch (has.operator()) {
            case EQ -> size == has.size();
            case NE -> size != has.size();
            case LT -> isList && size < has.size();
            case LTE -> isList && size <= has.size();
            case GT -> isList && size > has.size();
            case GTE -> isList && size >= has.size();
        };
    }

    /** An element as a document whose field without a name is the element itself. */
    private static boolean elementMatches(@Nullable Object element, Filter filter) {
        Map<String, @Nullable Object> document = new HashMap<>();
        if (element instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> document.put((String) name, value));
        }
        document.put(Filter.ELEMENT, element);
        return NaiveQueries.matches(document, filter);
    }

    private static Object plain(Object value) {
        return value instanceof Float number ? number.doubleValue() : value;
    }

    static @Nullable GeoPoint point(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.size() == 2 ? point(list.get(1), list.get(0)) : null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        if (map.containsKey("lat") || map.containsKey("latitude")) {
            Object longitude = map.containsKey("lon")
                    ? map.get("lon")
                    : map.containsKey("lng") ? map.get("lng") : map.get("longitude");
            return point(map.containsKey("lat") ? map.get("lat") : map.get("latitude"), longitude);
        }
        return "Point".equals(map.get("type"))
                        && map.get("coordinates") instanceof List<?> coordinates
                        && coordinates.size() >= 2
                ? point(coordinates.get(1), coordinates.get(0))
                : null;
    }

    private static @Nullable GeoPoint point(@Nullable Object latitude, @Nullable Object longitude) {
        if (!(latitude instanceof Number north) || !(longitude instanceof Number east)) {
            return null;
        }
        boolean valid = north.doubleValue() >= -90
                && north.doubleValue() <= 90
                && east.doubleValue() >= -180
                && east.doubleValue() <= 180;
        return valid ? new GeoPoint(north.doubleValue(), east.doubleValue()) : null;
    }

    /** {@code null} if the value is no point. */
    static @Nullable Double distance(GeoPoint origin, @Nullable Object value) {
        GeoPoint point = point(value);
        return point == null ? null : (Double) distance(origin, point);
    }

    /** By the angle between two vectors, not by haversines. */
    static double distance(GeoPoint first, GeoPoint second) {
        double[] a = vector(first);
        double[] b = vector(second);
        double[] cross = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        double sine = Math.sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
        double cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        return GeoPoint.EARTH_RADIUS_METERS * Math.atan2(sine, cosine);
    }

    private static double[] vector(GeoPoint point) {
        double latitude = Math.toRadians(point.latitude());
        double longitude = Math.toRadians(point.longitude());
        return new double[] {
            Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)
        };
    }
}
