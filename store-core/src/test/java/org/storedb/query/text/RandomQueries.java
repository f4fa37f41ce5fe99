package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.storedb.document.DocumentPatch;
import org.storedb.document.ValueType;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.Measure;
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
            "set",
            "push",
            "least",
            "count",
            "distinct",
            "from",
            "element",
            "element.x",
            "size",
            "type.of",
            "text",
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
    private List<String> columns = List.of();
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

    BoundStatement nextStatement() {
        return switch (random.nextInt(5)) {
            case 0 -> new BoundSelection(oneOf(NAMES), next().query(), names(1 + random.nextInt(3)));
            case 1, 2 -> new BoundAggregation(oneOf(NAMES), aggregation());
            case 3 -> new BoundUpdate(oneOf(NAMES), next().query(), patch());
            default -> next();
        };
    }

    private List<String> names(int count) {
        return Stream.generate(this::field).distinct().limit(count).toList();
    }

    private Aggregation aggregation() {
        Query query = next().query();
        List<Measure> measures = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            Measure measure = measure();
            if (measures.stream().noneMatch(each -> each.name().equals(measure.name()))) {
                measures.add(measure);
            }
        }
        List<String> groupBy = names(measures.isEmpty() ? 1 + random.nextInt(2) : random.nextInt(3));
        Aggregation plain = new Aggregation(
                query.filter(), groupBy, measures, Filter.all(), Sort.unsorted(), query.offset(), query.limit());
        columns = plain.columns();
        Aggregation aggregation =
                plain.having(random.nextBoolean() ? Filter.all() : filter(2)).sort(sort());
        columns = List.of();
        return aggregation;
    }

    private Measure measure() {
        Measure measure = switch (random.nextInt(6)) {
            case 0 -> Measure.count();
            case 1 -> Measure.count(field());
            case 2 -> Measure.sum(field());
            case 3 -> Measure.min(field());
            case 4 -> Measure.max(field());
            default -> Measure.avg(field());
        };
        return random.nextBoolean()
                ? measure
                : measure.as(oneOf(List.of("n", "total", "odd total", "count(*)", "sum(a)")));
    }

    private DocumentPatch patch() {
        DocumentPatch patch = DocumentPatch.empty();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            String field = field();
            patch = switch (random.nextInt(9)) {
                case 0 -> patch.set(field, random.nextBoolean() ? null : value());
                case 1 -> patch.unset(field);
                case 2 -> patch.increment(field, number());
                case 3 -> patch.multiply(field, number());
                case 4 -> patch.min(field, value());
                case 5 -> patch.max(field, value());
                case 6 -> patch.push(field, random.nextBoolean() ? null : value());
                case 7 -> patch.addToSet(field, value()).pull(field(), value());
                default -> patch.rename(field, field());
            };
        }
        return patch;
    }

    private Number number() {
        while (true) {
            if (value() instanceof Number number) {
                return number;
            }
        }
    }

    private Filter filter(int depth) {
        int kind = random.nextInt(depth == 0 ? 14 : 19);
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
            case 13 -> Filter.text(field(), words());
            case 14 -> elementMatch(depth - 1);
            case 15 -> Filter.not(filter(depth - 1));
            case 16 -> between();
            case 17 -> new Filter.And(filters(depth - 1));
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
        return new Sort(list(random.nextInt(3), () -> {
            GeoPoint origin = random.nextInt(3) == 0 ? point() : null;
            return new Order(
                    field(),
                    oneOf(List.of(Direction.values())),
                    oneOf(List.of(NullOrder.values())),
                    origin == null && random.nextBoolean(),
                    origin);
        }));
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

    private String words() {
        return oneOf(List.of("x", "old harbour*", "it's", "'A'*", "\n1*", "\ud83d b", "naïve * c")) + string();
    }

    private String field() {
        if (elements > 0 && random.nextInt(3) == 0) {
            return Filter.ELEMENT;
        }
        return oneOf(columns.isEmpty() || elements > 0 ? NAMES : columns);
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
