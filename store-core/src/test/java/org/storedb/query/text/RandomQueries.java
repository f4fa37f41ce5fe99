package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.storedb.query.Filter;
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
        int kind = random.nextInt(depth == 0 ? 6 : 10);
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
            case 6 -> Filter.not(filter(depth - 1));
            case 7 -> between();
            case 8 -> new Filter.And(filters(depth - 1));
            default -> new Filter.Or(filters(depth - 1));
        };
    }

    private Filter between() {
        Filter between = Filter.between(field(), value(), value());
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
