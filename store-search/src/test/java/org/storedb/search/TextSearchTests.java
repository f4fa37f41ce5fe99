package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.StoreClosedException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Sort;
import org.storedb.search.TextSearch.Freshness;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.query.TextQuery;

class TextSearchTests {

    private static final TextIndexDefinition BOOKS = TextIndexDefinition.of("books")
            .field("title", TextAnalyzer.words(), 4)
            .field("summary", TextAnalyzer.language(Language.ENGLISH))
            .field("tags", TextAnalyzer.wholeString())
            .field("authors.name", TextAnalyzer.wordsWithoutAccents());

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> books = store.collection("books");
    private @Nullable TextIndex opened;

    @BeforeEach
    void fill() {
        books.insertAll(List.of(
                Map.of(
                        "id",
                        1L,
                        "title",
                        "The Old Harbour",
                        "year",
                        1990,
                        "summary",
                        "Ships come and go. The harbours of the north are quiet.",
                        "tags",
                        List.of("Sea Stories", "north"),
                        "authors",
                        List.of(Map.of("name", "José Núñez"), Map.of("name", "Ann Lee"))),
                Map.of("id", 2L, "title", "Harbour lights", "year", 2001, "summary", "A lighthouse keeper walks home."),
                Map.of("id", 3L, "title", "Quiet streets", "year", 2010, "summary", "An old town without a harbour."),
                Map.of("id", "four", "title", "Cooking", "summary", "Bread, soup and bread again.")));
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
        store.close();
    }

    private TextIndex index() {
        TextIndex index = opened;
        if (index == null) {
            index = TextIndex.inMemory(store, BOOKS);
            opened = index;
        }
        return index;
    }

    private List<Object> ids(TextSearch search) {
        return index().search(search).hits().stream().map(TextHit::id).toList();
    }

    private List<Object> ids(String query) {
        return ids(TextSearch.of(query));
    }

    @Test
    void allWordsMustBeThereInWhateverField() {
        assertThat(ids("harbour")).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(ids("old harbour")).containsExactlyInAnyOrder(1L, 3L);
        assertThat(ids("old bread")).isEmpty();
        assertThat(ids(TextSearch.of(TextQuery.anyWord("old bread")))).containsExactlyInAnyOrder(1L, 3L, "four");
    }

    @Test
    void aDocumentWhoseIdIsTooLongForTheIndexIsLeftOut() {
        TextIndexDefinition notes = TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());
        String longId = "x".repeat(40_000);
        StoreOptions options = StoreOptions.defaults().withKeyBytesMax(65_535);
        try (Store longIds = Store.openInMemory(options);
                TextIndex index = TextIndex.inMemory(longIds, notes)) {
            longIds.collection("notes")
                    .insertAll(List.of(Map.of("id", longId, "text", "word"), Map.of("id", 1L, "text", "word")));
            assertThat(index.search(TextSearch.of("word")).hits())
                    .extracting(TextHit::id)
                    .containsExactly(1L);
            assertThat(index.search(TextSearch.of("word")
                                    .sort(Sort.by(Sort.Order.descending("id")))
                                    .limit(1))
                            .hits())
                    .hasSize(1);
            assertThat(index.count(TextSearch.of("word").where(Filter.gte("id", 1))))
                    .isOne();
            assertThat(index.count(TextSearch.of("word").where(Filter.gte("id", "x"))))
                    .isZero();
            longIds.collection("notes").delete(longId);
            assertThat(index.count(TextSearch.of("word"))).isOne();
            assertThat(index.verify().problems()).isEmpty();
        }
    }

    @Test
    void wordsAreSeparatedBySpacesOfAnyKind() {
        for (String space : List.of(" ", "\n", "\u00a0", "\u2009", "\u3000")) {
            String text = space + "harbour" + space + "old" + space;
            assertThat(ids(TextSearch.of(TextQuery.words(text)))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(text)).containsExactlyInAnyOrder(1L, 3L);
        }
    }

    @Test
    void fieldsThatAreBoostedComeFirst() {
        assertThat(ids("harbour").get(2)).isEqualTo(3L);
        assertThat(ids(TextSearch.of(
                        TextQuery.words("harbour").in("summary").boostedBy(50).or(TextQuery.words("lights")))))
                .endsWith(2L);
    }

    @Test
    void wordsThatALanguageLeavesOutNeedNotBeThere() {
        assertThat(ids("the town")).containsExactly(3L);
        assertThat(ids("summary:the")).isEmpty();
        assertThat(ids("summary:(the town)")).containsExactly(3L);
        assertThat(ids("the AND -harbour"))
                .as("it must be somewhere if nothing else must")
                .isEmpty();
        assertThat(ids("the")).containsExactly(1L);
        assertThat(ids("\"the\" quiet -lights")).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void eachFieldHasItsAnalyzer() {
        assertThat(ids("summary:harbours")).as("stems").containsExactlyInAnyOrder(1L, 3L);
        assertThat(ids("title:harbours")).as("no stems").isEmpty();
        assertThat(ids("tags:\"sea stories\"")).as("the whole string").containsExactly(1L);
        assertThat(ids("tags:sea")).isEmpty();
        assertThat(ids("authors.name:jose")).as("no accents").containsExactly(1L);
        assertThat(ids("authors.name:NÚÑEZ")).containsExactly(1L);
    }

    @Test
    void phrasesAreWordsInOrderWithinOneValue() {
        assertThat(ids("\"old harbour\"")).containsExactly(1L);
        assertThat(ids("\"harbour old\"")).isEmpty();
        assertThat(ids("\"harbour old\"~2")).contains(1L);
        assertThat(ids("authors.name:\"nunez ann\"")).as("across two values").isEmpty();
        assertThat(ids("authors.name:\"nunez ann\"~500")).isEmpty();
    }

    @Test
    void prefixesAndSimilarWordsAreFound() {
        assertThat(ids("har*")).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(ids("title:HAR*")).containsExactlyInAnyOrder(1L, 2L);
        assertThat(ids("summary:harbours*")).as("the stem of a whole word").contains(1L, 3L);
        assertThat(ids("title:harbuor~")).as("two exchanged").containsExactlyInAnyOrder(1L, 2L);
        assertThat(ids("title:hrbor~2")).containsExactlyInAnyOrder(1L, 2L);
        assertThat(ids("title:hrbor~1")).isEmpty();
    }

    @Test
    void documentsWithTextInAFieldAreFound() {
        assertThat(ids("tags:*")).containsExactly(1L);
        assertThat(ids("harbour -authors.name:*")).containsExactlyInAnyOrder(2L, 3L);
        assertThat(ids(TextSearch.of(TextQuery.everything().in("tags", "summary"))))
                .hasSize(4);
    }

    @Test
    void prefixesMayBeLong() {
        books.insert(Map.of("id", 9L, "tags", List.of("x".repeat(1_000))));
        assertThat(ids("x".repeat(999) + "*")).containsExactly(9L);
        assertThat(ids("x".repeat(1_000) + "*")).containsExactly(9L);
    }

    @Test
    void similarWordsOfAQueryShareWhatCanBeLookedFor() {
        books.insertAll(IntStream.range(0, 2 * 26 * 26)
                .mapToObj(i -> {
                    char first = (char) ('a' + i / 26 % 26);
                    char second = (char) ('a' + i % 26);
                    return i < 26 * 26 ? "wo" + first + second : "w" + first + "r" + second;
                })
                .<Map<String, @Nullable Object>>map(word -> Map.of("title", word, "tags", List.of(word)))
                .toList());
        assertThat(index().count(TextSearch.of("title:word~2")))
                .as("of 1,326 words in 1,352 books")
                .isBetween(1_024L, 1_060L);
        assertThat(index().count(TextSearch.of("word~2"))).isGreaterThan(200);
        assertThat(index().count(TextSearch.of("(word~2 OR worn~2) -harbour"))).isGreaterThan(100);
    }

    @Test
    void wordThatIsTooLongForSimilarOnesIsRefused() {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < 330; i++) {
            mixed.append((char) ('a' + i % 26)).append((char) ('а' + i % 32)).append((char) ('ぁ' + i % 80));
        }
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> index().search(TextSearch.of(TextQuery.fuzzy(mixed.toString()))))
                .withMessageContaining("too long");
    }

    @Test
    void partsCanBeExcludedAndJoined() {
        assertThat(ids("harbour -old")).containsExactly(2L);
        assertThat(ids("NOT harbour")).containsExactly("four");
        assertThat(ids("bread OR (harbour AND lights)")).containsExactlyInAnyOrder("four", 2L);
        assertThat(ids("*")).as("all the same, so by id").containsExactly(1L, 2L, 3L, "four");
        assertThat(ids(TextSearch.of(TextQuery.allOf()))).hasSize(4);
        assertThat(ids(TextSearch.of(TextQuery.anyOf()))).isEmpty();
    }

    @Test
    void filterSortAndSliceBelongToTheSearch() {
        TextSearch harbour = TextSearch.of("harbour");
        assertThat(ids(harbour.where(Filter.gte("year", 2001)))).containsExactly(2L, 3L);
        assertThat(ids(harbour.sort(Sort.by("year").descending()))).containsExactly(3L, 2L, 1L);
        assertThat(ids(harbour.sort(Sort.by("year")).offset(1).limit(1))).containsExactly(2L);
        assertThat(ids(harbour.limit(0))).isEmpty();
        assertThat(ids(harbour.offset(3))).isEmpty();

        TextResults<Map<String, @Nullable Object>> results =
                index().search(harbour.where(Filter.gte("year", 2001)).limit(1).withTotal());
        assertThat(results.total()).hasValue(2);
        assertThat(results.documents()).hasSize(1);
        assertThat(results.sequence()).isEqualTo(store.snapshot().sequence());
        assertThat(index().count(harbour)).isEqualTo(3);
        assertThat(index().count(harbour.where(Filter.eq("year", 1990)).offset(5)))
                .isEqualTo(1);
    }

    @Test
    void aSearchContinuesAfterAHitWhateverHappenedToIt() {
        TextSearch harbours = TextSearch.of("harbour").limit(1).withTotal();
        TextHit<?> best = index().search(harbours).hits().get(0);
        TextResults<?> second = index().search(harbours.after(best.position()));
        TextResults<?> third =
                index().search(harbours.after(second.hits().get(0).position()));
        assertThat(List.of(
                        best.id(),
                        second.hits().get(0).id(),
                        third.hits().get(0).id()))
                .isEqualTo(ids(TextSearch.of("harbour")));
        assertThat(third.total()).hasValue(3);
        assertThat(index().search(harbours.after(third.hits().get(0).position()))
                        .hits())
                .isEmpty();

        Continuation asText = new Continuation(List.of(Double.valueOf(String.valueOf(best.score()))), best.id());
        assertThat(ids(harbours.after(asText)))
                .containsExactly(second.hits().get(0).id());
        books.delete(best.id());
        assertThat(ids(harbours.after(new Continuation(List.of(Float.MAX_VALUE), best.id()))))
                .containsExactly(second.hits().get(0).id());
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> harbours.sort(Sort.by("year")).after(best.position()))
                .withMessageContaining("use offset");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> harbours.after(new Continuation(List.of("x"), 1L)))
                .withMessageContaining("TextHit.position()");
    }

    @Test
    void resultsCanBeSortedByDistance() {
        books.createIndex(IndexDefinition.onPlace("place"));
        List<Double> longitudes = List.of(20.0, 5.0, 9.0);
        for (long id = 1; id <= longitudes.size(); id++) {
            books.patch(id, DocumentPatch.empty().set("place", Map.of("lat", 1, "lon", longitudes.get((int) id - 1))));
        }
        TextSearch nearest = TextSearch.of("harbour").sort(Sort.byDistance("place", GeoPoint.of(1, 8)));
        assertThat(ids(nearest)).containsExactly(3L, 2L, 1L);
        assertThat(ids(nearest.where(Filter.lt("year", 2010)).limit(1))).containsExactly(2L);
    }

    @Test
    void sortedResultsHaveTheSameScores() {
        Map<Object, Float> byScore = scores(TextSearch.of("harbour"));
        assertThat(byScore.values()).allMatch(score -> score > 0);
        assertThat(scores(TextSearch.of("harbour").sort(Sort.by("year")))).isEqualTo(byScore);
    }

    private Map<Object, Float> scores(TextSearch search) {
        return index().search(search).hits().stream().collect(Collectors.toMap(TextHit::id, TextHit::score));
    }

    @Test
    void selectiveFiltersComeFirst() {
        books.insertAll(IntStream.range(100, 3_000)
                .<Map<String, @Nullable Object>>mapToObj(
                        i -> Map.of("id", (long) i, "title", "harbour number " + i, "year", i))
                .toList());
        TextSearch search = TextSearch.of("harbour").where(Filter.eq("year", 2001));
        assertThat(index().search(search).plan()).startsWith("text first");
        assertThat(ids(search)).containsExactlyInAnyOrder(2L, 2001L);

        books.createIndex(IndexDefinition.on("year"));
        assertThat(index().search(search).plan()).startsWith("filter first");
        assertThat(ids(search)).containsExactlyInAnyOrder(2L, 2001L);
    }

    @Test
    void sortedPagesAreTheSameWithAnIndexThatHasTheOrder() {
        books.insertAll(IntStream.range(100, 3_000)
                .<Map<String, @Nullable Object>>mapToObj(i -> Map.of(
                        "id",
                        (long) i,
                        "title",
                        i % 3 == 0 ? "harbour" : "town",
                        "year",
                        (i * 7_919) % 2_900,
                        "even",
                        i % 2 == 0))
                .toList());
        TextSearch search = TextSearch.of("harbour")
                .where(Filter.eq("even", true))
                .sort(Sort.by("year").descending())
                .offset(90)
                .limit(70);
        List<Object> sorted = ids(search);
        assertThat(sorted).hasSize(70);
        books.createIndex(IndexDefinition.on("year"));
        assertThat(ids(search)).isEqualTo(sorted);
        assertThat(ids(search.offset(450))).hasSize((int) index().count(search) - 450);
    }

    @Test
    void writesAreFoundAtOnce() {
        assertThat(ids("zebra")).isEmpty();
        books.insert(Map.of("id", 9L, "title", "Zebra crossing"));
        assertThat(ids("zebra")).containsExactly(9L);
        books.replace(Map.of("id", 9L, "title", "Pedestrians"));
        assertThat(ids("zebra")).isEmpty();
        assertThat(ids("pedestrians")).containsExactly(9L);
        books.delete(9L);
        assertThat(ids("pedestrians")).isEmpty();
    }

    @Test
    void whatIsNotCommittedIsNotFound() {
        try (var transaction = store.begin()) {
            transaction.collection("books").insert(Map.of("id", 9L, "title", "Zebra"));
            assertThat(ids("zebra")).isEmpty();
        }
        assertThat(ids("zebra")).isEmpty();
    }

    @Test
    void expiredDocumentsAreNotThere() throws InterruptedException {
        books.insert(Map.of("id", 9L, "title", "A short harbour", "year", 1), Expiry.after(Duration.ofMillis(300)));
        assertThat(ids("harbour")).contains(9L);
        assertThat(index().count(TextSearch.of("harbour"))).isEqualTo(4);
        Thread.sleep(350);
        assertThat(index().count(TextSearch.of("harbour"))).isEqualTo(3);
        assertThat(ids("harbour")).doesNotContain(9L).hasSize(3);
        assertThat(ids(TextSearch.of("harbour").sort(Sort.by("year")))).containsExactly(1L, 2L, 3L);
        assertThat(ids(TextSearch.of("harbour").where(Filter.lt("year", 1995)))).containsExactly(1L);
        assertThat(index().verify().problems()).isEmpty();
    }

    @Test
    void searchesThatAreContentWithTheDelaySeeNothingThatIsGone() throws InterruptedException {
        opened = TextIndex.inMemory(store, BOOKS, TextIndexOptions.defaults().withDelay(Duration.ofHours(1)));
        TextSearch stale = TextSearch.of("harbour").freshness(Freshness.WITHIN_DELAY);
        books.delete(2L);
        books.insert(Map.of("id", 9L, "title", "A new harbour"));
        assertThat(ids(stale)).containsExactlyInAnyOrder(1L, 3L);
        assertThat(index().count(stale)).isEqualTo(2);
        assertThat(ids(stale.sort(Sort.by("year")))).containsExactly(1L, 3L);
        assertThat(index().status().behind()).isEqualTo(2);
        books.replace(Map.of("id", 3L, "title", "Loud alleys"));
        assertThat(index().search(TextSearch.of("streets").freshness(Freshness.WITHIN_DELAY))
                        .documents())
                .as("as it was when the index had it")
                .extracting(document -> document.get("title"))
                .containsExactly("Quiet streets");
        assertThat(ids(TextSearch.of("alleys"))).containsExactly(3L);
        assertThat(ids(TextSearch.of("harbour"))).containsExactlyInAnyOrder(1L, 9L);
        assertThat(index().status().behind()).isZero();
    }

    @Test
    void theIndexFollowsByItself() throws InterruptedException {
        opened = TextIndex.inMemory(store, BOOKS, TextIndexOptions.defaults().withDelay(Duration.ofMillis(20)));
        books.insert(Map.of("id", 9L, "title", "Zebra"));
        TextSearch stale = TextSearch.of("zebra").freshness(Freshness.WITHIN_DELAY);
        for (int i = 0; i < 500 && ids(stale).isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(ids(stale)).containsExactly(9L);
    }

    @Test
    void documentsComeAsObjects() {
        TextHit<Book> hit =
                index().search(TextSearch.of("bread"), Book.class).hits().get(0);
        assertThat(hit.document()).isEqualTo(new Book("four", "Cooking", 0));
        assertThat(hit.revision()).isZero();
        assertThat(hit.passages()).isEmpty();
    }

    record Book(String id, String title, int year) {}

    @Test
    void mistakesAreNamed() {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> ids("titel:harbour"))
                .withMessageContaining("\"titel\"")
                .withMessageContaining("title, summary, tags, authors.name");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> index().search(TextSearch.of("harbour").where(Filter.eq("yaer", 1)), Book.class))
                .withMessageContaining("yaer");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> ids("a ".repeat(2_000)))
                .withMessageContaining("more than 1024");
        assertThatExceptionOfType(InvalidQueryException.class)
                .as("no part has too many, but all have together")
                .isThrownBy(() ->
                        ids(IntStream.range(0, 300).mapToObj(i -> "word" + i).collect(Collectors.joining(" "))))
                .withMessageContaining("more than 1024");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> ids("x".repeat(1_001) + "*"))
                .withMessageContaining("a prefix of 1001 bytes");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TextIndex.inMemory(store, TextIndexDefinition.of("books")))
                .withMessageContaining("has no field");
    }

    @Test
    void aClosedIndexSaysSo() {
        TextIndex index = index();
        index.close();
        index.close();
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> index.search(TextSearch.of("a")));
        TextIndex other = TextIndex.inMemory(store, BOOKS);
        store.close();
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> other.search(TextSearch.of("a")));
        other.close();
    }

    @Test
    void aTextThatTheAnalyzerFailsOnIsNotFoundButTheDocumentIs() {
        TextAnalyzer picky = TextAnalyzer.custom("picky-1", PickyAnalyzer::new);
        try (TextIndex index = TextIndex.inMemory(
                store, TextIndexDefinition.of("books").named("picky").field("title", picky))) {
            books.insert(Map.of("id", 9L, "title", "fail here"));
            books.insert(Map.of("id", 10L, "title", "fine"));
            assertThat(index.count(TextSearch.of("title:fine"))).isEqualTo(1);
            assertThat(index.count(TextSearch.of("*"))).isEqualTo(6);
        }
    }

    @Test
    void wordsThatAreTooLongAreLeftOut() {
        books.insert(Map.of("id", 9L, "title", "long", "tags", List.of("x".repeat(40_000), "short")));
        assertThat(ids("tags:short")).containsExactly(9L);
        assertThat(ids("title:long")).containsExactly(9L);
    }

    @Test
    void anIndexThatIsClosedDuringASearchSaysSo() {
        AtomicBoolean closing = new AtomicBoolean();
        TextAnalyzer hooked = TextAnalyzer.custom(
                "hooked-1",
                () -> new HookedAnalyzer(() -> {
                    if (closing.get()) {
                        index().close();
                    }
                }));
        opened = TextIndex.inMemory(store, TextIndexDefinition.of("books").field("title", hooked));
        assertThat(ids("Old Harbour")).containsExactly(1L);
        closing.set(true);
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> ids("Old Harbour"));
    }
}
