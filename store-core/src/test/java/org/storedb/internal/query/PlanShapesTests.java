package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Comparison;
import org.storedb.query.Filter.Operator;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** What is kept of plans: the same plans come of it as if nothing was kept, for any values. */
class PlanShapesTests {

    private static final int DOCUMENTS = 1200;
    private static final int FORMS = 150;
    private static final List<Operator> OPERATORS = List.of(Operator.values());
    private static final List<String> FIELDS = List.of("id", "country", "level", "serial", "name", "none");
    private static final List<Object> VALUES = List.of(
            3,
            700,
            -1,
            2.5,
            new BigDecimal("0.1"),
            "C0",
            "C3",
            "c3",
            "name77",
            "",
            true,
            false,
            List.of(3),
            Map.of("a", 1),
            new byte[] {1});

    private final HeapCollection collection = new HeapCollection(new HeapFieldDictionary());
    private final Random random = new Random(17);

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (long id = 0; id < DOCUMENTS; id++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", id);
            document.put("country", id < DOCUMENTS / 2 ? "C0" : "C" + id % 300);
            document.put("level", id >= DOCUMENTS / 2 ? 0 : id % 300);
            if (id % 20 >= 10) {
                document.put("serial", id);
            }
            document.put("name", "name" + id);
            documents.add(document);
        }
        collection.addAll(documents);
    }

    private CollectionView indexed() {
        collection.addIndex(IndexDefinition.on("country"));
        collection.addIndex(IndexDefinition.on("level"));
        collection.addIndex(IndexDefinition.uniqueOn("serial"));
        collection.addIndex(IndexDefinition.uniqueOn("name", "id"));
        collection.addIndex(IndexDefinition.on("country").descending("level"));
        collection.addIndex(IndexDefinition.onEachElementOf("level"));
        return collection.view();
    }

    @Test
    void aShapeGivesThePlanThatAnyValuesNeed() {
        CollectionView view = indexed();
        Set<QueryShape> shapes = new HashSet<>();
        int planned = 0;
        for (int turn = 0; turn < 6000; turn++) {
            Query query = randomQuery(new Random(random.nextInt(FORMS)));
            QueryShape shape = QueryShape.of(query);
            if (shape != null) {
                shapes.add(shape);
                planned++;
            }
            BestWay.assertSame(query, view);
        }
        assertThat(view.shape().planShapes().size()).isEqualTo(shapes.size());
        assertThat(planned).isGreaterThan(20 * shapes.size());
    }

    /** A query that has its conditions and its sort from {@code form}, and values of its own. */
    private Query randomQuery(Random form) {
        List<Filter> parts = new ArrayList<>();
        for (int part = form.nextInt(4); part > 0; part--) {
            String field = FIELDS.get(form.nextInt(form.nextInt(1, FIELDS.size() + 1)));
            Operator operator = form.nextBoolean() ? Operator.EQ : OPERATORS.get(form.nextInt(OPERATORS.size()));
            Object value = random.nextInt(3) > 0 ? fitting(field) : VALUES.get(random.nextInt(VALUES.size()));
            parts.add(new Comparison(field, operator, value, random.nextInt(40) == 0));
        }
        Filter filter = parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
        Query query = Query.where(filter);
        if (form.nextInt(3) == 0) {
            Sort sort = Sort.by(FIELDS.get(form.nextInt(FIELDS.size())));
            query = query.sort(form.nextBoolean() ? sort : sort.descending());
        }
        return random.nextBoolean() ? query.limit(random.nextInt(30)).offset(random.nextInt(3)) : query;
    }

    private Object fitting(String field) {
        int number = random.nextInt(DOCUMENTS + 100);
        return switch (field) {
            case "country" -> "C" + (random.nextBoolean() ? 0 : number % 310);
            case "level" -> random.nextBoolean() ? 0 : number % 310;
            case "name" -> "name" + number;
            default -> number;
        };
    }

    @Test
    void theBetterIndexIsTakenForEachValue() {
        collection.addIndex(IndexDefinition.on("country"));
        collection.addIndex(IndexDefinition.on("level"));
        CollectionView view = collection.view();

        for (int turn = 0; turn < 2; turn++) {
            assertThat(way(view, both("C0", 7))).isEqualTo("index level on level, 1 range");
            assertThat(way(view, both("C7", 0))).isEqualTo("index country on country, 1 range");
            assertThat(way(view, both("C0", 0))).isEqualTo("full scan");
            assertThat(way(view, both("none", 0))).isEqualTo("index country on country, 1 range");
        }
        assertThat(view.shape().planShapes().size()).isOne();
    }

    private static Query both(String country, int level) {
        return Query.where(Filter.eq("country", country).and(Filter.eq("level", level)))
                .limit(5);
    }

    private static String way(CollectionView view, Query query) {
        QueryPlan step = QueryPlanner.ofBestWay(query, view).find().get(0).plan();
        while (!(step instanceof QueryPlan.Access access)) {
            step = step.inputs().get(0);
        }
        return access.path().way();
    }

    @Test
    void valuesThatContradictEachOtherFindNothing() {
        CollectionView view = indexed();
        for (int turn = 0; turn < 2; turn++) {
            assertThat(plan(view, Filter.between("level", 20, 10))).isInstanceOf(QueryPlan.Nothing.class);
            assertThat(plan(view, Filter.between("level", 20, "x"))).isInstanceOf(QueryPlan.Nothing.class);
            assertThat(plan(view, Filter.between("level", 10, 20))).isNotInstanceOf(QueryPlan.Nothing.class);
        }
        assertThat(view.shape().planShapes().size()).isOne();
    }

    private static QueryPlan plan(CollectionView view, Filter filter) {
        return QueryPlanner.ofBestWay(Query.where(filter), view).find().get(0).plan();
    }

    @Test
    void nothingIsKnownBeforeTheValuesOfAnIndexThatTheyDecideOn() {
        collection.addIndex(IndexDefinition.on("name").caseInsensitive());
        collection.addIndex(IndexDefinition.on("level"));
        CollectionView folded = collection.view();
        assertThat(shapeOf(folded, Filter.eq("level", 3))).isNotNull();
        assertThat(shapeOf(folded, Filter.eq("name", "name3"))).isNull();

        collection.addIndex(IndexDefinition.on("country").where(Filter.gt("level", 100)));
        CollectionView partial = collection.view();
        assertThat(shapeOf(partial, Filter.eq("level", 3))).isNull();
        for (int level : new int[] {3, 200}) {
            for (CollectionView view : List.of(folded, partial)) {
                BestWay.assertSame(both("C0", level), view);
                BestWay.assertSame(Query.where(Filter.eq("name", "NAME" + level)), view);
                BestWay.assertSame(Query.where(Filter.eq("name", level)), view);
            }
        }
    }

    private static @Nullable PlanShape shapeOf(CollectionView view, Filter filter) {
        return view.shape().planShapes().of(Objects.requireNonNull(QueryShape.of(Query.where(filter))));
    }

    @Test
    void otherConditionsHaveNoShape() {
        Filter plain = Filter.eq("level", 1);
        for (Filter filter : List.of(
                Filter.isNull("level"),
                Filter.eq("level", null),
                Filter.ne("level", 1),
                Filter.eq("name", "x").ignoringCase(),
                Filter.in("level", List.of(1)),
                plain.and(Filter.startsWith("name", "x")),
                plain.or(Filter.eq("name", "x")))) {
            assertThat(QueryShape.of(Query.where(filter))).as("%s", filter).isNull();
        }
        assertThat(QueryShape.of(Query.where(plain).limit(0))).isNull();
    }

    @Test
    void whatIsKeptHasNoValuesAndABound() {
        CollectionView view = indexed();
        String secret = "s".repeat(100);
        QueryShape shape = Objects.requireNonNull(QueryShape.of(Query.where(Filter.eq("name", secret))));
        assertThat(shape.withoutValues()).isEqualTo(shape);
        assertThat(shape.withoutValues().conditions().toString()).doesNotContain(secret);

        for (int field = 0; field < 3 * PlanShapes.KEPT_MAX; field++) {
            BestWay.assertSame(Query.where(Filter.eq("field" + field, field)), view);
        }
        assertThat(view.shape().planShapes().size()).isBetween(1, PlanShapes.KEPT_MAX);
    }
}
