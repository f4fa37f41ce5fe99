package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.PlanStep;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Sort;
import org.storedb.query.text.QueryKind;

/** What conditions on words find, and how an index on words finds it. */
class TextFilterTests {

    private static final int DOCUMENTS = 1_000;

    private final HeapCollection collection = new HeapCollection(new HeapFieldDictionary(0));

    @Test
    void allWordsAreInTheStringInWhateverOrder() {
        add("a", "The Old Harbour");
        add("b", "harbour, OLD and quiet");
        add("c", "Old harbours");
        add("d", "old");
        assertThat(found(Filter.text("name", "old harbour"))).containsExactly("a", "b");
        assertThat(found(Filter.text("name", "HARBOUR* old"))).containsExactly("a", "b", "c");
        assertThat(found(Filter.text("name", "harb"))).isEmpty();
        assertThat(found(Filter.not(Filter.text("name", "harbour")))).containsExactly("c", "d");
        assertThat(found(Filter.text("name", "quiet").or(Filter.text("name", "the"))))
                .containsExactly("a", "b");
    }

    @Test
    void wordsOfAnArrayCanBeInDifferentElements() {
        add("a", List.of("old town", "Harbour"));
        add("b", Arrays.asList("old", null, 5, List.of("harbour")));
        add("c", Map.of("text", "old harbour"));
        add("d", 5);
        assertThat(found(Filter.text("name", "old harbour"))).containsExactly("a");
        assertThat(found(Filter.text("name", "old"))).containsExactly("a", "b");
        assertThat(found(Filter.text("name", "5"))).isEmpty();
        assertThat(found(Filter.text("name.text", "harbour"))).containsExactly("c");
        assertThat(found(Filter.elementMatches("name", Filter.text(Filter.ELEMENT, "old town"))))
                .containsExactly("a");
    }

    @Test
    void caseIsIgnoredAnyway() {
        Filter filter = Filter.text("name", "a");
        assertThat(filter.ignoringCase()).isEqualTo(filter);
    }

    @Test
    void oneWholeWordIsCountedInTheIndex() {
        fill(IndexDefinition.onWordsOf("name"));
        QueryExplanation explanation = count(Filter.text("name", "even"));
        assertThat(explanation.plan().kind()).isEqualTo(Kind.COUNT_ENTRIES);
        assertThat(explanation.plan().description())
                .isEqualTo("count entries: index name-words on words of name, 1 range");
        assertThat(collection.executor().count(Query.where(Filter.text("name", "even"))))
                .isEqualTo(DOCUMENTS / 2);
        assertThat(collection.reads).isZero();
    }

    @Test
    void documentsWithSeveralWordsOfOneBeginningCountOnce() {
        fill(IndexDefinition.onWordsOf("name"));
        Filter filter = Filter.text("name", "ten*");
        assertThat(collection.executor().count(Query.where(filter))).isEqualTo(DOCUMENTS / 10);
        assertThat(collection.reads).isZero();
        assertThat(count(filter).plan().flattened())
                .extracting(PlanStep::kind)
                .containsExactly(Kind.COUNT, Kind.UNION, Kind.INDEX);
    }

    @Test
    void severalWordsAreLookedUpTogether() {
        fill(IndexDefinition.onWordsOf("name"));
        Query query = Query.where(Filter.text("name", "tens elevens"));
        QueryExplanation explanation = collection.executor().explain(QueryKind.FIND, query);
        assertThat(explanation.plan().flattened())
                .extracting(PlanStep::kind)
                .containsExactly(Kind.READ, Kind.INTERSECTION, Kind.INDEX, Kind.INDEX);
        assertThat(found(query.filter())).hasSize(10).contains("0", "110", "990");
        assertThat(collection.reads).isEqualTo(10);
    }

    @Test
    void onlyTheRarestOfManyWordsAreLookedUp() {
        fill(IndexDefinition.onWordsOf("name"));
        Filter filter = Filter.text("name", "number even tens n990 b* c* d* e* n* t* nu* ev* te* n9*");
        List<AccessPath> paths = new AccessPaths(
                        collection.view(),
                        new Conjunction(Filter.text("name", "number even tens n990 n9* n* t* e* nu* ev*")))
                .all();
        assertThat(paths).hasSize(1 + 8);
        assertThat(paths.get(1).rows()).isOne();
        assertThat(found(filter)).isEmpty();
    }

    @Test
    void anIndexOnAWordGivesTheOrderOfWhatFollows() {
        fill(IndexDefinition.onWordsOf("name").ascending("size"));
        Query query =
                Query.where(Filter.text("name", "even")).sort(Sort.by("size")).limit(3);
        QueryExplanation explanation = collection.executor().explain(QueryKind.FIND, query);
        assertThat(explanation.plan().flattened())
                .extracting(PlanStep::kind)
                .containsExactly(Kind.READ, Kind.SLICE, Kind.INDEX);
        assertThat(collection
                        .executor()
                        .explain(
                                QueryKind.FIND,
                                Query.where(Filter.text("name", "eve*")).sort(Sort.by("size")))
                        .plan()
                        .flattened())
                .extracting(PlanStep::kind)
                .contains(Kind.SORT);
    }

    @Test
    void figuresComeFromTheKeysOfAWordOnly() {
        fill(IndexDefinition.onWordsOf("name").ascending("size"));
        Aggregation figures = Aggregation.of(Measure.count(), Measure.max("size"));
        Aggregation ofWord = figures.where(Filter.text("name", "even"));
        assertThat(IndexGroups.of(ofWord, collection.view())).isNotNull();
        assertThat(collection.executor().rows().aggregate(ofWord).get(0).asMap().values())
                .containsExactly((long) DOCUMENTS / 2, 998);
        Aggregation ofBeginning = figures.where(Filter.text("name", "n*"));
        assertThat(IndexGroups.of(ofBeginning, collection.view())).isNull();
        assertThat(collection
                        .executor()
                        .rows()
                        .aggregate(ofBeginning)
                        .get(0)
                        .asMap()
                        .values())
                .containsExactly((long) DOCUMENTS, 999);
    }

    @Test
    void withoutAWordTheIndexIsNotUsed() {
        fill(IndexDefinition.on("size").wordsOf("name"));
        assertThat(ways(Filter.eq("size", 5))).isOne();
        assertThat(ways(Filter.eq("size", 5).and(Filter.not(Filter.text("name", "even")))))
                .isOne();
        assertThat(ways(Filter.eq("size", 5).and(Filter.text("name", "odd")))).isEqualTo(2);
        assertThat(ways(Filter.text("name", "odd"))).isOne();
    }

    @Test
    void partialIndexesKnowTheWordsOfTheirDocuments() {
        fill(IndexDefinition.onWordsOf("name").where(Filter.gte("size", 900)));
        Filter large = Filter.gte("size", 950).and(Filter.text("name", "tens"));
        assertThat(ways(Filter.text("name", "tens"))).isOne();
        assertThat(ways(large)).isEqualTo(2);
        assertThat(found(large)).containsExactly("950", "960", "970", "980", "990");
        assertThat(collection.reads).isEqualTo(10);
    }

    private int ways(Filter filter) {
        return QueryPlanner.ofAllWays(Query.where(filter), collection.view())
                .find()
                .size();
    }

    private QueryExplanation count(Filter filter) {
        return collection.executor().explain(QueryKind.COUNT, Query.where(filter));
    }

    private void fill(IndexDefinition index) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", String.valueOf(number));
            document.put("size", number);
            String tens = (number % 10 == 0 ? " Ten Tens" : "") + (number % 11 == 0 ? " Elevens" : "");
            document.put("name", "Number n" + number + (number % 2 == 0 ? ", even" : ", odd") + tens);
            documents.add(document);
        }
        collection.addAll(documents);
        collection.addIndex(index);
    }

    private void add(String id, Object name) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("name", name);
        collection.addAll(List.of(document));
    }

    private List<Object> found(Filter filter) {
        List<Object> ids = new ArrayList<>();
        for (Iterator<FoundDocument> found = collection.executor().find(Query.where(filter)); found.hasNext(); ) {
            ids.add(found.next().id());
        }
        return ids;
    }
}
