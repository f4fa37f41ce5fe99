package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.storedb.document.ValueType;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Random queries of every kind, in the form that parsing gives them: no {@code and} or {@code or} of one filter. */
final class RandomQueries {

    private static final List<String> NAMES = List.of(
            "a",
            "B",
            "a.b",
            "order",
            "element",
            "element.x",
            "size",
            "type.of",
            "all",
            "and",
            "NULL",
            "where.not",
            "odd name",
            "b`tick",
            "it's",
            "名前",
            "ſtraße",
            "_1",
            "$x",
            "1st",
            "a..b",
            ".",
            "\n",
            "😀",
            "lımıt",
            "li\u212Ae",
            "İn",
            "ｎot");

    private final Random random;
    private int elements;

    RandomQueries(Random random) {
        this.random = random;
    }

    BoundQuery next() {
        Query query = Query.where(filter(4)).sort(sort());
        query = random.nextBoolean() ? query : query.limit(random.nextLong() >>> 1);
        query = random.nextBoolean() ? query : query.offset(random.nextInt(100));
        return new BoundQuery(oneOf(List.of(QueryKind.values())), oneOf(NAMES), query);
    }

    private Filter filter(int depth) {
        int kind = random.nextInt(depth == 0 ? 13 : 18);
        return switch (kind) {
            case 0 ->
                new Filter.Comparison(field(), oneOf(List.of(Filter.Operator.values())), value(), random.nextBoolean());
            case 1 -> new Filter.In(field(), list(random.nextInt(4), this::value), random.nextBoolean());
            case 2 ->
                new Filter.StringMatch(
                        field(), oneOf(List.of(Filter.StringOperator.values())), string(), random.nextBoolean());
            case 3 -> Filter.exists(field());
            case 4 -> Filter.isNull(field());
            case 5 -> Filter.hasElement(field(), value());
            case 6 -> Filter.hasType(field(), oneOf(List.of(ValueType.values())));
            case 7 -> new Filter.Regex(field(), string(), random.nextBoolean());
            case 8 -> Filter.hasAllElements(field(), list(random.nextInt(4), this::value));
            case 9 -> Filter.hasSize(field(), oneOf(List.of(Filter.Operator.values())), random.nextLong() >>> 1);
            case 10 -> near();
            case 11 -> Filter.within(field(), shape());
            case 12 -> Filter.notIn(field(), list(random.nextInt(4), this::value));
            case 13 -> elementMatch(depth - 1);
            case 14 -> Filter.not(filter(depth - 1));
            case 15 -> between();
            case 16 -> new Filter.And(filters(depth - 1));
            default -> new Filter.Or(filters(depth - 1));
        };
    }

    private Filter elementMatch(int depth) {
        String field = field();
        elements++;
        Filter match = Filter.elementMatches(field, filter(depth));
        elements--;
        return match;
    }

    private Filter near() {
        double from = random.nextBoolean() ? 0 : random.nextDouble() * 1000;
        return Filter.near(field(), point(), from, from + random.nextInt(100));
    }

    private GeoShape shape() {
        return switch (random.nextInt(3)) {
            case 0 -> GeoShape.circle(point(), random.nextDouble() * Math.pow(10, random.nextInt(40) - 20));
            case 1 -> GeoShape.box(GeoPoint.of(-10, random.nextInt(180)), GeoPoint.of(5.5, -random.nextDouble()));
            default ->
                GeoShape.polygon(
                        GeoPoint.of(0, 0.1),
                        GeoPoint.of(random.nextDouble(), 10),
                        GeoPoint.of(-0.0, 20),
                        GeoPoint.of(-1, random.nextInt(30)));
        };
    }

    private GeoPoint point() {
        return GeoPoint.of(random.nextDouble() * 180 - 90, random.nextInt(361) - 180);
    }

    private Filter between() {
        Filter between = Filter.between(field(), value(), value(), oneOf(List.of(Filter.Ends.values())));
        return random.nextBoolean() ? between : between.ignoringCase();
    }

    private List<Filter> filters(int depth) {
        int count = random.nextInt(4);
        return list(count == 1 ? 0 : count, () -> filter(depth));
    }

    private Sort sort() {
        return new Sort(list(
                random.nextInt(3),
                () -> new Order(
                        field(),
                        oneOf(List.of(Direction.values())),
                        oneOf(List.of(NullOrder.values())),
                        random.nextBoolean())));
    }

    private Object value() {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextLong();
            case 1 -> (long) random.nextInt(10) - 5;
            case 2 -> Double.longBitsToDouble(random.nextLong());
            case 3 -> random.nextInt(100) / 10.0 - 5;
            case 4 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(600) - 300);
            case 5 -> new BigInteger(64 + random.nextInt(60), random).setBit(63);
            case 6 -> random.nextBoolean();
            case 7 -> List.of(1L, List.of("x"));
            case 8 -> Map.of("x", 1L);
            case 9 -> Instant.ofEpochSecond(random.nextInt());
            default -> string();
        };
    }

    private String string() {
        return oneOf(List.of("", "x", "it's", "''", "%_\\", "a\nb\r\t", "\"`?1 :x", "😀", "\ud83d", "null", "\0"));
    }

    private String field() {
        if (elements > 0 && random.nextInt(3) == 0) {
            return Filter.ELEMENT;
        }
        return oneOf(NAMES);
    }

    private static <T> List<T> list(int count, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            list.add(element.get());
        }
        return list;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
