package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.document.ValueType;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Ends;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/** Filters over stored documents give what they give over plain Java values. */
class FilterMatcherTests {

    private static final int DOCUMENTS = 200;
    private static final int FILTERS = 3_000;
    private static final String[] FIELDS = {"a", "b", "c", "n.x", "n.y", "n", "missing", "a.lat"};

    private Random random = new Random(0);
    private int elements;

    @Test
    void storedDocumentsMatchAsPlainValuesDo() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        random = new Random(seed);
        HeapFieldDictionary dictionary = new HeapFieldDictionary(6);
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        List<EncodedValue> stored = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            Map<String, @Nullable Object> document = document();
            documents.add(document);
            DocumentEncoder encoder = new DocumentEncoder(dictionary);
            encoder.writeValue(document);
            stored.add(EncodedValue.document(encoder.toBytes(), dictionary));
        }
        Map<String, long[]> matches = new TreeMap<>();
        for (int number = 0; number < FILTERS; number++) {
            Filter filter = filter(2);
            var test = FilterMatcher.compile(filter, dictionary);
            long[] counts = matches.computeIfAbsent(filter.getClass().getSimpleName(), name -> new long[2]);
            for (int at = 0; at < DOCUMENTS; at++) {
                boolean expected = NaiveQueries.matches(documents.get(at), filter);
                if (test.test(stored.get(at)) != expected) {
                    fail("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it): " + filter + " should "
                            + (expected ? "" : "not ") + "match " + documents.get(at));
                }
                counts[expected ? 1 : 0]++;
            }
        }
        assertThat(matches).hasSize(17);
        assertThat(matches)
                .allSatisfy((kind, counts) -> assertThat(counts)
                        .as("documents that do not match and that do")
                        .doesNotContain(0));
    }

    private Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        for (String field : List.of("a", "b", "c")) {
            if (random.nextInt(6) > 0) {
                document.put(field, value(2));
            }
        }
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("x", value(2));
        inner.put("y", value(1));
        document.put("n", inner);
        return document;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(6);
            case 3 -> random.nextInt(8) / 2.0;
            case 4 -> text();
            case 5 -> new byte[] {(byte) random.nextInt(2)};
            case 6, 7 -> place();
            case 8 -> Map.of("x", random.nextInt(4), "y", text());
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int size = random.nextInt(4); size > 0; size--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
        };
    }

    private Object place() {
        double north = random.nextInt(13) * 15 - 90;
        double east = random.nextInt(25) * 15 - 180;
        return switch (random.nextInt(9)) {
            case 0 -> Map.of("lat", north, "lon", east);
            case 1 -> Map.of("latitude", north, "longitude", east);
            case 2 -> Map.of("lat", (int) north, "lng", (int) east);
            case 3 -> Map.of("type", "Point", "coordinates", List.of(east, north));
            case 4 -> Map.of("type", "Point", "coordinates", List.of(east, north, 12.5));
            case 5 -> Map.of("type", "Line", "coordinates", List.of(east, north));
            case 6 -> Map.of("lat", north * 2, "lon", east);
            case 7 -> Map.of("lat", "north", "lon", east, "latitude", north);
            default -> List.of(east, north);
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.append("aAbBäÄ_%".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private Filter filter(int depth) {
        Filter filter = plainFilter(depth);
        return random.nextInt(4) == 0 ? filter.ignoringCase() : filter;
    }

    private Filter plainFilter(int depth) {
        String field = field();
        return switch (random.nextInt(depth > 0 ? 20 : 15)) {
            case 0 -> new Filter.Comparison(field, oneOf(Filter.Operator.class), operand(), false);
            case 1 -> Filter.in(field, List.of(operand(), operand()));
            case 2 -> Filter.exists(field);
            case 3 -> Filter.isNull(field);
            case 4 -> new Filter.StringMatch(field, oneOf(Filter.StringOperator.class), "a", false);
            case 5 -> Filter.hasElement(field, operand());
            case 6 -> Filter.hasType(field, oneOf(ValueType.class));
            case 7 -> Filter.hasAllElements(field, random.nextInt(6) == 0 ? List.of() : List.of(operand(), operand()));
            case 8, 9 -> Filter.hasSize(field, oneOf(Filter.Operator.class), random.nextInt(4));
            case 10 ->
                Filter.matches(
                        field, List.of("^a", "B+$", "^[ab]?Ä*$", "(a|b){2}").get(random.nextInt(4)));
            case 11, 12 -> near(field);
            case 13 -> Filter.within(field, shape());
            case 14 -> Filter.text(field, List.of("a", "AB*", "ä b", "Bä* a*").get(random.nextInt(4)));
            case 15, 16 -> elementMatch(field, depth);
            case 17 -> Filter.not(filter(depth - 1));
            case 18 -> Filter.between(field, operand(), operand(), oneOf(Ends.class));
            default -> Filter.anyOf(filter(depth - 1), filter(depth - 1));
        };
    }

    private Filter elementMatch(String field, int depth) {
        elements++;
        Filter match = Filter.elementMatches(field, filter(depth - 1));
        elements--;
        return match;
    }

    private Filter near(String field) {
        GeoPoint center = GeoPoint.of(random.nextInt(180) - 90, random.nextInt(360) - 180);
        double from = random.nextInt(3) == 0 ? random.nextInt(8_000_000) : 0;
        return Filter.near(field, center, from, from + random.nextInt(12_000_000));
    }

    private GeoShape shape() {
        GeoPoint south = GeoPoint.of(random.nextInt(90) - 90, random.nextInt(360) - 180);
        return random.nextBoolean()
                ? GeoShape.circle(south, random.nextInt(15_000_000))
                : GeoShape.box(south, GeoPoint.of(random.nextInt(90), random.nextInt(360) - 180));
    }

    private String field() {
        if (elements > 0) {
            return random.nextInt(3) > 0 ? Filter.ELEMENT : random.nextBoolean() ? "x" : "y";
        }
        return FIELDS[random.nextInt(FIELDS.length)];
    }

    private Object operand() {
        Object value = value(1);
        return value == null ? 1 : value;
    }

    private <E extends Enum<E>> E oneOf(Class<E> type) {
        return List.copyOf(EnumSet.allOf(type))
                .get(random.nextInt(EnumSet.allOf(type).size()));
    }
}
