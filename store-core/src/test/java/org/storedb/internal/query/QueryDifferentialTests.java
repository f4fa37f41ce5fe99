package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.crash.CampaignSize;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.query.Aggregation;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Measure;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.query.Sort;
import org.storedb.query.text.QueryKind;

/** Random queries over random documents: whatever indexes there are, the answer is that of plain Java. */
class QueryDifferentialTests {

    private static final int COLLECTIONS = CampaignSize.of(40);
    private static final int QUERIES_PER_COLLECTION = 300;
    private static final int AGGREGATIONS_PER_COLLECTION = 40;
    private static final String[] FIELDS = {"a", "b", "c", "n.x", "n.y", "id", "n", "t", "p", "missing"};

    private final Map<Class<?>, Integer> stepsRun = new HashMap<>();
    private final Map<Class<?>, Integer> kindsThatDecided = new HashMap<>();
    private int answeredByIndexes;
    private Random random = new Random(0);
    private RandomIndexKinds kinds = new RandomIndexKinds(random);
    private RandomConditions conditions = new RandomConditions(random, this::operand);

    @Test
    void answersNeverDependOnTheIndexes() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        System.out.println("Query differential test, seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it)");
        random = new Random(seed);
        kinds = new RandomIndexKinds(random);
        conditions = new RandomConditions(random, this::operand);
        long matches = 0;
        for (int round = 0; round < COLLECTIONS; round++) {
            List<Map<String, @Nullable Object>> documents =
                    documents(random.nextInt(random.nextInt(5) == 0 ? 300 : 60));
            HeapCollection collection = new HeapCollection(new HeapFieldDictionary(random.nextInt(8)));
            collection.addAll(documents);
            for (int number = 0; number < QUERIES_PER_COLLECTION; number++) {
                if (number % 20 == 0) {
                    changeIndexes(collection);
                }
                Query query = query();
                matches += check(collection, documents, query, seed);
                if (number % 3 == 0) {
                    checkContinuation(collection, documents, query, seed);
                }
            }
            checkCounts(collection, documents);
            for (int number = 0; number < AGGREGATIONS_PER_COLLECTION; number++) {
                checkAggregation(collection, aggregation());
            }
        }
        assertThat(matches).isGreaterThan((long) COLLECTIONS * QUERIES_PER_COLLECTION);
        assertThat(kindsThatDecided.keySet()).containsExactlyInAnyOrder(Filter.class.getPermittedSubclasses());
        assertThat(kindsThatDecided)
                .allSatisfy((kind, queries) -> assertThat(queries).isGreaterThan(COLLECTIONS));
        assertThat(answeredByIndexes).isGreaterThan(COLLECTIONS);
        assertThat(stepsRun.keySet()).containsExactlyInAnyOrder(stepsThereAre());
        assertThat(stepsRun).allSatisfy((step, runs) -> assertThat(runs).isGreaterThan(COLLECTIONS / 4));
    }

    private static Class<?>[] stepsThereAre() {
        return Stream.of(QueryPlan.class.getDeclaredClasses())
                .filter(type -> type.isRecord() && QueryPlan.class.isAssignableFrom(type))
                .toArray(Class<?>[]::new);
    }

    private long check(
            HeapCollection collection, List<Map<String, @Nullable Object>> documents, Query query, long seed) {
        List<Object> expected = new ArrayList<>();
        NaiveQueries.find(documents, query).forEach(document -> expected.add(idOf(document)));
        PlanExecutor executor = collection.executor();
        List<Object> actual = new ArrayList<>();
        collection.notes.clear();
        for (Iterator<FoundDocument> found = executor.find(query); found.hasNext(); ) {
            actual.add(found.next().id());
        }
        boolean unread = query.limit() == 0
                || executor.explain(QueryKind.FIND, query).plan().kind() == PlanStep.Kind.NOTHING;
        boolean right = actual.equals(expected)
                && executor.count(query) == expected.size()
                && executor.exists(query) == !expected.isEmpty()
                && collection.notes.isEmpty() == unread
                && allPlansAgree(collection, query, expected);
        if (!right) {
            fail(String.join(
                    "\n",
                    "seed " + seed + ", " + query,
                    "indexes " + collection.view().indexes(),
                    "plan " + executor.explain(QueryKind.FIND, query),
                    "expected " + expected,
                    "found    " + actual,
                    "counted " + executor.count(query) + ", exists " + executor.exists(query),
                    "noted " + collection.notes));
        }
        if (!expected.isEmpty() && expected.size() < documents.size()) {
            RandomConditions.kindsOf(query.filter()).forEach(kind -> kindsThatDecided.merge(kind, 1, Integer::sum));
        }
        return expected.size();
    }

    /** Goes on from the place of any match, in both directions. */
    private void checkContinuation(
            HeapCollection collection, List<Map<String, @Nullable Object>> documents, Query query, long seed) {
        List<Map<String, @Nullable Object>> all =
                NaiveQueries.find(documents, Query.where(query.filter()).sort(query.sort()));
        if (all.isEmpty()) {
            return;
        }
        int place = random.nextInt(all.size());
        List<@Nullable Object> values = new ArrayList<>();
        query.sort().orders().forEach(order -> values.add(sortedBy(all.get(place), order)));
        Continuation continuation = new Continuation(values, idOf(all.get(place)));
        List<Object> behind = new ArrayList<>();
        all.subList(place + 1, all.size()).stream()
                .skip(query.offset())
                .limit(query.limit())
                .forEach(document -> behind.add(idOf(document)));
        List<Object> before = new ArrayList<>();
        int end = (int) Math.max(0, place - query.offset());
        int start = (int) Math.max(0, end - query.limit());
        all.subList(start, end).forEach(document -> before.add(idOf(document)));
        String message = "seed " + seed + ", " + query + " at " + continuation + "\n"
                + collection.view().indexes();
        assertThat(ids(collection.executor().find(query.after(continuation))))
                .as(message)
                .isEqualTo(behind);
        assertThat(allPlansAgree(collection, query.after(continuation), behind))
                .as(message)
                .isTrue();
        assertThat(ids(collection.executor().find(query.before(continuation))))
                .as(message)
                .isEqualTo(before);
        assertThat(collection.executor().count(query.before(continuation)))
                .as(message)
                .isEqualTo(before.size());
    }

    /** What a continuation has for an order. */
    private static @Nullable Object sortedBy(Map<String, @Nullable Object> document, Sort.Order order) {
        Object value = NaiveQueries.valueOf(document, order.field());
        if (order.origin() == null) {
            return value;
        }
        GeoPoint point = NaiveTests.point(value);
        return point == null ? null : (Double) order.origin().distanceMeters(point);
    }

    private static List<Object> ids(Iterator<FoundDocument> found) {
        List<Object> ids = new ArrayList<>();
        found.forEachRemaining(document -> ids.add(document.id()));
        return ids;
    }

    /** Not only the plan that was cheapest: each plan that there was gives the same documents. */
    private boolean allPlansAgree(HeapCollection collection, Query query, List<Object> expected) {
        BestWay.assertSame(query, collection.view());
        QueryPlanner planner = QueryPlanner.ofAllWays(query, collection.view());
        for (QueryPlanner.PricedPlan priced : planner.find()) {
            noteSteps(priced.plan());
            List<Object> found = new ArrayList<>();
            DocumentSource source = new PlanRunner(collection.view(), null).open((QueryPlan.Documents) priced.plan());
            for (FoundDocument next = source.next(); next != null; next = source.next()) {
                found.add(next.id());
            }
            if (!found.equals(expected)) {
                System.out.println(priced.plan() + "\nfound " + found);
                return false;
            }
        }
        for (QueryPlanner.PricedPlan priced : planner.count()) {
            noteSteps(priced.plan());
            if (new PlanRunner(collection.view(), null).count((QueryPlan.Count) priced.plan()) != expected.size()) {
                System.out.println(priced.plan() + " counts wrong");
                return false;
            }
        }
        return true;
    }

    private void noteSteps(QueryPlan plan) {
        stepsRun.merge(plan.getClass(), 1, Integer::sum);
        plan.inputs().forEach(this::noteSteps);
    }

    private void checkCounts(HeapCollection collection, List<Map<String, @Nullable Object>> documents) {
        for (String field : FIELDS) {
            TreeMap<@Nullable Object, Long> expected = new TreeMap<>(NaiveQueries::compare);
            documents.forEach(document -> expected.merge(NaiveQueries.valueOf(document, field), 1L, Long::sum));
            Map<@Nullable Object, Long> actual = collection.executor().countBy(field);
            assertThat(actual.values()).containsExactlyElementsOf(expected.values());
            Iterator<@Nullable Object> values = actual.keySet().iterator();
            expected.keySet()
                    .forEach(value -> assertThat(NaiveQueries.compare(value, values.next()))
                            .isZero());
        }
    }

    private void checkAggregation(HeapCollection collection, Aggregation aggregation) {
        DocumentGroups documents = new DocumentGroups(collection.executor()::findInAnyOrder, collection.dictionary);
        List<Row> expected = new GroupRows(aggregation).of(documents.groups(aggregation));
        IndexGroups index = IndexGroups.of(aggregation, collection.view());
        if (index != null) {
            answeredByIndexes++;
            assertThat(values(new GroupRows(aggregation).of(index.groups(aggregation))))
                    .as(() -> aggregation + " with " + collection.view().indexes())
                    .isEqualTo(values(expected));
        }
        assertThat(collection.executor().rows().aggregate(aggregation)).hasSameSizeAs(expected);
    }

    /** The values of rows with their classes, in a form in which arrays of bytes can be compared. */
    private static List<String> values(List<Row> rows) {
        List<String> values = new ArrayList<>();
        for (Row row : rows) {
            row.asMap()
                    .forEach((name, value) -> values.add(name + " "
                            + (value == null ? "" : value.getClass().getSimpleName())
                            + HexFormat.of().formatHex(KeyEncoder.encode(value))));
        }
        return values;
    }

    private Aggregation aggregation() {
        List<Measure> measures = new ArrayList<>(List.of(Measure.count()));
        if (random.nextBoolean()) {
            String field = FIELDS[random.nextInt(FIELDS.length)];
            measures.addAll(List.of(Measure.min(field), Measure.max(field), Measure.count(field)));
        }
        Aggregation aggregation = Aggregation.of(measures.toArray(Measure[]::new));
        if (random.nextBoolean()) {
            aggregation = aggregation.where(
                    random.nextBoolean()
                            ? condition(FIELDS[random.nextInt(FIELDS.length)])
                            : oneField(FIELDS[random.nextInt(FIELDS.length)]));
        }
        String field = FIELDS[random.nextInt(FIELDS.length)];
        String other = FIELDS[random.nextInt(FIELDS.length)];
        return switch (random.nextInt(3)) {
            case 0 -> aggregation;
            case 1 -> aggregation.groupBy(field);
            default -> field.equals(other) ? aggregation : aggregation.groupBy(field, other);
        };
    }

    private void changeIndexes(HeapCollection collection) {
        collection.dropIndexes();
        if (random.nextInt(3) == 0) {
            List.of("a", "b", "n.x", "c").forEach(field -> collection.addIndex(IndexDefinition.on(field)));
            return;
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            List<String> fields = new ArrayList<>();
            for (int width = 1 + random.nextInt(3); width > 0; width--) {
                String field = FIELDS[random.nextInt(9)];
                if (!fields.contains(field)) {
                    fields.add(field);
                }
            }
            IndexDefinition definition = IndexDefinition.on(fields.toArray(String[]::new));
            collection.addIndex(random.nextBoolean() ? definition : kinds.vary(definition));
        }
        if (random.nextInt(3) == 0) {
            collection.addIndex(conditions.indexOnPlaces());
        }
        if (random.nextInt(3) == 0) {
            collection.addIndex(conditions.indexOnWords());
        }
    }

    private List<Map<String, @Nullable Object>> documents(int count) {
        Map<String, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
        boolean mixed = random.nextBoolean();
        for (int number = 0; number < count; number++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            Object id = random.nextBoolean() ? (Object) (long) (random.nextInt(200) - 50) : "k" + random.nextInt(200);
            document.put("id", id);
            for (String field : List.of("a", "b", "c")) {
                if (random.nextInt(6) > 0) {
                    document.put(field, mixed ? value(2) : small(field));
                }
            }
            if (random.nextInt(3) > 0) {
                Map<String, @Nullable Object> inner = new LinkedHashMap<>();
                inner.put("x", value(1));
                if (random.nextBoolean()) {
                    inner.put("y", small("b"));
                }
                document.put("n", random.nextInt(5) > 0 ? inner : List.of(inner));
            }
            if (random.nextInt(4) > 0) {
                document.put("t", conditions.array(() -> mixed ? value(1) : small("b")));
            }
            if (random.nextInt(4) > 0) {
                document.put("p", conditions.place());
            }
            byId.put(id.toString(), document);
        }
        return new ArrayList<>(byId.values());
    }

    private @Nullable Object small(String field) {
        return switch (field) {
            case "a" -> random.nextInt(4);
            case "b" -> String.valueOf((char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(3)));
            default -> random.nextInt(5) == 0 ? null : random.nextInt(30);
        };
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 15 : 12)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3 -> random.nextInt(6) - 2;
            case 4 -> (random.nextInt(6) - 2) / 2.0;
            case 5 -> new BigDecimal(random.nextInt(60) - 20).movePointLeft(1);
            case 6 -> random.nextBoolean() ? (1L << 53) + random.nextInt(4) : Long.MAX_VALUE - random.nextInt(2);
            case 7 -> BigInteger.TWO.pow(53 + 10 * random.nextInt(2)).add(BigInteger.valueOf(random.nextInt(3)));
            case 8, 9, 10 -> text(3);
            case 11 -> new byte[] {(byte) random.nextInt(3)};
            case 12, 13 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int size = random.nextInt(3); size > 0; size--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int size = random.nextInt(3); size > 0; size--) {
                    map.put(text(1), value(depth - 1));
                }
                yield map;
            }
        };
    }

    private Object operand() {
        Object value = random.nextInt(3) == 0 ? small(FIELDS[random.nextInt(3)]) : value(2);
        return value == null ? "k" + random.nextInt(200) : value;
    }

    private String text(int lengthMax) {
        String alphabet = "aAbBäÄİ%_\\\u0000\u0001\uFFFD";
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(lengthMax + 1); length > 0; length--) {
            text.append(random.nextInt(20) == 0 ? "🌍" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private Query query() {
        if (random.nextInt(12) == 0) { // What circles are for.
            return Query.where(random.nextBoolean() ? Filter.all() : condition("p"))
                    .sort(Sort.by(Sort.Order.distance("p", conditions.point())).then(sort()))
                    .offset(random.nextInt(2))
                    .limit(1 + random.nextInt(3));
        }
        if (random.nextInt(6) == 0) { // What is merged.
            return Query.where(oneField(FIELDS[random.nextInt(4)]))
                    .offset(random.nextInt(2))
                    .limit(1 + random.nextInt(5));
        }
        Query query = Query.where(filter(2)).sort(sort());
        if (random.nextInt(3) == 0) {
            query = query.offset(random.nextInt(random.nextInt(4) == 0 ? 200 : 10));
        }
        return random.nextBoolean() ? query.limit(random.nextInt(20)) : query;
    }

    private Sort sort() {
        List<Sort.Order> orders = new ArrayList<>();
        boolean descending = random.nextBoolean();
        for (int count = random.nextInt(4); count > 0; count--) {
            String field = FIELDS[random.nextInt(FIELDS.length)];
            boolean turned = random.nextInt(4) == 0 ? random.nextBoolean() : descending;
            if (random.nextInt(5) == 0) {
                orders.add(byDistance(random.nextInt(4) == 0 ? field : "p", turned));
                continue;
            }
            Sort.Order order = turned ? Sort.Order.descending(field) : Sort.Order.ascending(field);
            order = random.nextInt(4) == 0 ? order.nulls(oneOf(Sort.NullOrder.class)) : order;
            orders.add(random.nextInt(6) == 0 ? order.ignoringCase() : order);
        }
        return new Sort(orders);
    }

    private Sort.Order byDistance(String field, boolean turned) {
        Sort.Order order = Sort.Order.distance(field, conditions.point());
        order = turned ? order.reversed() : order;
        return random.nextInt(3) == 0 ? order.nulls(oneOf(Sort.NullOrder.class)) : order;
    }

    private Filter filter(int depth) {
        int choice = random.nextInt(depth > 0 ? 10 : 5);
        if (depth == 2 && random.nextInt(6) == 0) {
            return Filter.allOf(condition("a"), condition("b"), condition("n.x"));
        }
        Filter filter = switch (choice) {
            case 5, 6 -> new Filter.And(filters(depth));
            case 7 -> new Filter.Or(filters(depth));
            case 8 -> Filter.not(filter(depth - 1));
            case 9 -> oneField(FIELDS[random.nextInt(FIELDS.length)]);
            default -> condition(FIELDS[random.nextInt(FIELDS.length)]);
        };
        return random.nextInt(8) == 0 ? filter.ignoringCase() : filter;
    }

    /** Several conditions on one field, as indexes like them. */
    private Filter oneField(String field) {
        Filter first = condition(field);
        Filter second = condition(field);
        return random.nextBoolean() ? first.and(second) : first.or(second);
    }

    private List<Filter> filters(int depth) {
        List<Filter> filters = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            filters.add(filter(depth - 1));
        }
        return filters;
    }

    private Filter condition(String field) {
        return switch (random.nextInt(17)) {
            case 12, 13, 14 -> conditions.condition(field);
            case 15 -> conditions.condition("t");
            case 16 -> conditions.condition("p");
            case 0 -> Filter.isNull(field);
            case 1 -> Filter.exists(field);
            case 2 -> Filter.in(field, Arrays.asList(operand(), operand(), random.nextInt(5) == 0 ? null : operand()));
            case 3 -> Filter.startsWith(field, text(2));
            case 4 -> random.nextBoolean() ? Filter.endsWith(field, text(1)) : Filter.contains(field, text(1));
            case 5 -> Filter.like(field, like());
            case 6 -> Filter.hasElement(field, operand());
            case 7, 8 -> Filter.eq(field, field.equals("id") ? (Object) random.nextInt(100) : operand());
            default -> new Filter.Comparison(field, oneOf(Filter.Operator.class), operand(), false);
        };
    }

    private String like() {
        String literal = text(2).replaceAll("[\\\\%_]", "\\\\$0");
        return switch (random.nextInt(4)) {
            case 0 -> literal;
            case 1 -> literal + "%";
            case 2 -> "%" + literal + "_";
            default -> literal + "_%" + text(1).replaceAll("[\\\\%_]", "\\\\$0") + "%";
        };
    }

    private <E extends Enum<E>> E oneOf(Class<E> type) {
        List<E> constants = List.copyOf(EnumSet.allOf(type));
        return constants.get(random.nextInt(constants.size()));
    }

    private static Object idOf(Map<String, @Nullable Object> document) {
        Object id = document.get("id");
        return id instanceof Long ? id : String.valueOf(id);
    }
}
