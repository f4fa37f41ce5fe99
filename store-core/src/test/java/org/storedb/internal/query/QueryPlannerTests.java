package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.text.QueryKind;

class QueryPlannerTests {

    private static final int DOCUMENTS = 2000;

    private final HeapCollection collection = new HeapCollection(new HeapFieldDictionary());

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (long id = 0; id < DOCUMENTS; id++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", id);
            document.put("country", "C" + id % 10);
            document.put("population", id * 7919 % DOCUMENTS);
            document.put("name", "name" + id);
            document.put("level", id % 50);
            if (id % 20 >= 10) {
                document.put("serial", id);
            }
            documents.add(document);
        }
        collection.addAll(documents);
        collection.addIndex(IndexDefinition.on("country"));
        collection.addIndex(IndexDefinition.on("country", "population"));
        collection.addIndex(IndexDefinition.on("population"));
        collection.addIndex(IndexDefinition.on("name"));
    }

    /** What takes a moment; when the values were put together two by two, it took a minute. */
    @Test
    void manyAlternativesOfOneFieldArePlanned() {
        Filter[] alternatives = new Filter[20_000];
        Filter[] exceptions = new Filter[20_000];
        for (int at = 0; at < alternatives.length; at++) {
            alternatives[at] = Filter.eq("population", DOCUMENTS / 2 + at);
            exceptions[at] = Filter.ne("level", 10 + at);
        }
        assertThat(collection.executor().count(Query.where(Filter.anyOf(alternatives))))
                .isEqualTo(DOCUMENTS / 2);
        assertThat(collection.executor().count(Query.where(Filter.allOf(exceptions))))
                .isEqualTo(DOCUMENTS / 5);
    }

    @Test
    void idsAreLookedUp() {
        assertPlan(Query.where(Filter.eq("id", 5)), "read documents: 1 < id lookup on id, 1 range: 1", 1);
        assertPlan(
                Query.where(Filter.in("id", List.of(3, 7, "none"))),
                "read documents: 3 < id lookup on id, 3 ranges: 3",
                2);
        assertPlan(Query.where(Filter.between("id", 10, 19)), "read documents: 10 < id range on id, 1 range: 10", 10);
        assertThat(collection.notes).containsExactly("range 1");
    }

    @Test
    void whatAUniqueIndexHasOnceIsNotCounted() {
        collection.addIndex(IndexDefinition.uniqueOn("serial", "country"));

        for (int serial : new int[] {13, DOCUMENTS + 13}) {
            assertPlan(
                    Query.where(Filter.eq("serial", serial).and(Filter.eq("country", "C3"))),
                    "read documents: 1 < index serial_country on serial, country, 1 range: 1",
                    serial < DOCUMENTS ? 1 : 0);
        }
        Query one = Query.where(Filter.eq("serial", 13).and(Filter.eq("country", "C3")));
        assertPlan( // A limit changes nothing,
                one.limit(2), "read documents: 1 < index serial_country on serial, country, 1 range: 1", 1);
        assertPlan( // an offset finds nothing.
                one.offset(1),
                "read documents: 0 < index serial_country on serial, country, 1 range, without the first 1: 0",
                0);
        assertPlan( // Null is there as often as it likes,
                Query.where(Filter.isNull("serial").and(Filter.eq("country", "C4"))),
                "read documents: 100 < index serial_country on serial, country, 1 range: 100",
                100);
        assertPlan( // and so are the values of a part.
                Query.where(Filter.eq("serial", 14)),
                "read documents: 1 < sort by id: 1 < index serial_country on serial, 1 range: 1",
                1);
    }

    @Test
    void theMostSelectiveIndexIsTaken() {
        assertPlan(
                Query.where(Filter.eq("country", "C3").and(Filter.lt("population", 20))),
                "read documents: 2 < sort by id: 2 < index country_population on country, population, 1 range: 2",
                2);
        assertPlan(
                Query.where(Filter.startsWith("name", "name199")),
                "read documents: 11 < sort by id: 11 < index name on name, 1 range: 11",
                11);
        assertPlan(
                Query.where(Filter.eq("country", "C3").and(Filter.eq("name", "name13"))),
                "filter country = 'C3': 1 < read documents: 1 < index name on name, 1 range: 1",
                1);
        assertPlan(
                Query.where(Filter.in("country", List.of("C1", "C2")).and(Filter.gte("population", 1990))),
                "read documents: 2 < sort by id: 2 < index country_population on country, population, 2 ranges: 2",
                2);
    }

    @Test
    void whatNoIndexKnowsIsScanned() {
        assertPlan(
                Query.where(Filter.contains("name", "99")),
                "filter name contains '99': 2000 < read documents: 2000 < full scan: 2000",
                DOCUMENTS);
        assertThat(collection.notes).containsExactly("all 1");
        assertPlan(
                Query.where(Filter.gt("population", -1)),
                "filter population > -1: 2000 < read documents: 2000 < full scan: 2000",
                DOCUMENTS);
    }

    @Test
    void contradictionsReadNothing() {
        assertPlan(Query.where(Filter.eq("country", "C1").and(Filter.eq("country", "C2"))), "nothing", 0);
        assertPlan(Query.where(Filter.anyOf()), "nothing", 0);
        assertThat(collection.notes).isEmpty();
    }

    @Test
    void indexesGiveTheOrderBothWays() {
        assertPlan(
                Query.all().sort(Sort.by("population")).limit(5),
                "read documents: 5 < the first 5: 5 < index population: 2000",
                5);
        assertPlan(
                Query.all().sort(Sort.by("population").descending()).limit(5),
                "read documents: 5 < the first 5: 5 < index population, backward by value: 2000",
                5);
        assertPlan(
                Query.where(Filter.eq("country", "C3"))
                        .sort(Sort.by("population").descending())
                        .offset(150)
                        .limit(5),
                "read documents: 5 < the first 5: 5 < index country_population on country, 1 range, backward by value, without the first 150: 50",
                5);
        assertPlan(
                Query.where(Filter.eq("country", "C3")).limit(5),
                "read documents: 5 < the first 5: 5 < index country on country, 1 range: 200",
                5);
    }

    @Test
    void indexesThatCannotHelpAreLookedAtForPeopleOnly() {
        Query query = Query.where(Filter.eq("name", "name5"));
        assertThat(QueryPlanner.ofBestWay(query, collection.view()).count()).hasSize(2); // The records and one index.
        assertThat(QueryPlanner.ofAllWays(query, collection.view()).count()).hasSize(5);
        assertThat(QueryPlanner.ofBestWay(query.sort(Sort.by("population")), collection.view())
                        .find())
                .hasSize(3);
        BestWay.assertSame(query.sort(Sort.by("population")), collection.view());
    }

    @Test
    void besideAWayToOneDocumentAtMostNoOtherIsConsidered() {
        collection.addIndex(IndexDefinition.uniqueOn("serial"));
        Filter one = Filter.eq("serial", 13).and(Filter.gt("population", 5));
        Filter oneOfSome = Filter.eq("serial", 13).and(Filter.eq("level", 13).or(Filter.eq("level", 14)));
        Filter severalAtMost = Filter.isNull("serial").and(Filter.gt("population", 5));

        for (Query query : List.of(Query.where(one), Query.where(one).sort(Sort.by("name")), Query.where(oneOfSome))) {
            assertThat(QueryPlanner.ofAllWays(query, collection.view()).find()).hasSize(1);
            assertThat(QueryPlanner.ofBestWay(query, collection.view()).count()).hasSize(1);
            BestWay.assertSame(query, collection.view());
            assertThat(collection.executor().count(query)).isEqualTo(1);
        }
        assertThat(QueryPlanner.ofAllWays(Query.where(severalAtMost), collection.view())
                        .find())
                .hasSizeGreaterThan(1);
    }

    @Test
    void whatPlanningCountedIsNotCountedAgain() {
        AccessPath byName = new AccessPaths(collection.view(), new Conjunction(Filter.startsWith("name", "name1")))
                .all().stream()
                        .filter(path -> !path.boundColumns().isEmpty())
                        .findFirst()
                        .orElseThrow();
        assertThat(byName.counted()).isTrue();
        assertThat(byName.rows())
                .isEqualTo(collection.executor().count(Query.where(Filter.startsWith("name", "name1"))))
                .isEqualTo(1111);
        AccessPath byIds = new AccessPaths(collection.view(), new Conjunction(Filter.in("id", List.of(1, 2, "none"))))
                .all()
                .get(0);
        assertThat(byIds.counted()).isFalse(); // As many as there are ids to look up.
        assertThat(collection.executor().count(Query.where(Filter.in("id", List.of(1, 2, "none")))))
                .isEqualTo(2);
    }

    @Test
    void keysOfFewValuesAreMergedForTheFirstById() {
        collection.addIndex(IndexDefinition.on("level"));
        Query query = Query.where(Filter.between("level", 10, 12)).limit(5);
        assertPlan(
                query,
                "read documents: 5 < the first 5: 5 < merge by id, keys of 3 values: 120 < index level on level, 1 range: 120",
                5);
        assertThat(collection.notes).startsWith("range 6", "key 1 10", "key 1 11", "key 1 12", "key 1 60", "key 1 61");
        assertThat(ids(query.offset(3))).containsExactly(60L, 61L, 62L, 110L, 111L);
        assertPlan(
                Query.where(Filter.between("level", 10, 12).and(Filter.startsWith("name", "name11")))
                        .limit(2),
                "the first 2: 2 < filter name starts with 'name11'",
                7);
        assertThat(plan(Query.where(Filter.in("level", List.of(3, 40))).limit(4)))
                .startsWith("read documents: 4 < the first 4: 4 < merge by id, keys of 2 values: 80");
    }

    @Test
    void keysOfManyValuesAreNotMerged() {
        assertThat(plan(Query.where(Filter.between("population", 100, 400)).limit(5)))
                .doesNotContain("merge");
        collection.addIndex(IndexDefinition.on("level"));
        assertThat(plan(Query.where(Filter.between("level", 10, 12)))).doesNotContain("merge");
        assertThat(plan(Query.where(Filter.between("level", 10, 12))
                        .sort(Sort.by("name"))
                        .limit(5)))
                .doesNotContain("merge");
    }

    @Test
    void offsetsWithinAnIndexCostNothing() {
        List<Object> ids = ids(Query.all()
                .sort(Sort.by("population").descending())
                .offset(1990)
                .limit(3));
        assertThat(ids).hasSize(3);
        assertThat(collection.reads).isEqualTo(3);
        List<Object> byCountry = ids(
                Query.all().sort(Sort.by("country").descending()).offset(250).limit(2));
        assertThat(byCountry).containsExactly(508L, 518L); // C9 has 200; the 51st of C8 is 8 + 50 · 10.
    }

    @Test
    void countsWithinAnIndexReadNoDocument() {
        PlanExecutor executor = collection.executor();
        assertThat(executor.count(Query.where(Filter.eq("country", "C3")))).isEqualTo(200);
        assertThat(executor.count(
                        Query.where(Filter.ne("country", "C3")).offset(100).limit(5000)))
                .isEqualTo(1700);
        assertThat(executor.count(Query.all())).isEqualTo(DOCUMENTS);
        assertThat(executor.exists(Query.where(Filter.gt("population", 1998)))).isTrue();
        assertThat(executor.countBy("country")).hasSize(10).containsEntry("C7", 200L);
        assertThat(collection.reads).isZero();
        assertThat(executor.count(Query.where(Filter.contains("name", "199")))).isEqualTo(12);
        assertThat(collection.reads).isEqualTo(DOCUMENTS);
    }

    @Test
    void sortingKeepsOnlyWhatIsAskedFor() {
        Query query = Query.where(Filter.contains("name", "9"))
                .sort(Sort.by("name").descending().then(Sort.by("id")))
                .limit(3);
        assertThat(ids(query)).containsExactly(999L, 998L, 997L);
        assertThat(plan(Query.all()
                        .sort(Sort.by(Sort.Order.ascending("name").ignoringCase()))
                        .limit(3)))
                .isEqualTo("read documents: 3 < sort by name ignoring case, keep the first 3: 3"
                        + " < read documents: 2000 < full scan: 2000");
    }

    @Test
    void documentsAreReadAsTheIteratorGetsToThem() {
        Iterator<FoundDocument> found = collection.executor().find(Query.all());
        assertThat(collection.notes).containsExactly("all 1");
        assertThat(collection.reads).isZero();
        found.next();
        assertThat(collection.reads).isEqualTo(1);
    }

    @Test
    void recordsFoundThroughAnIndexAreNoted() {
        assertThat(ids(Query.where(Filter.eq("population", 7919 % DOCUMENTS)))).containsExactly(1L);
        assertThat(collection.notes).containsExactly("range 4", "key 1 1");
    }

    private void assertPlan(Query query, String plan, int reads) {
        assertThat(plan(query)).startsWith(plan);
        collection.reads = 0;
        collection.notes.clear();
        ids(query);
        assertThat(collection.reads).isEqualTo(reads);
    }

    /** The steps of the plan, the last one first, each with the number of rows expected of it. */
    private String plan(Query query) {
        return collection.executor().explain(QueryKind.FIND, query).plan().flattened().stream()
                .map(step -> step.description() + ": " + step.estimatedRows())
                .collect(Collectors.joining(" < "));
    }

    private List<Object> ids(Query query) {
        List<Object> ids = new ArrayList<>();
        collection.executor().find(query).forEachRemaining(found -> ids.add(found.id()));
        return ids;
    }
}
