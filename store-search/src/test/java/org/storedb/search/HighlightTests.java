package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Store;
import org.storedb.error.InvalidQueryException;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.Passage;

class HighlightTests {

    private final Store store = Store.openInMemory();

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> marked(Map<String, Object> document, String query, Highlighting highlighting) {
        store.collection("notes").save(document);
        TextIndexDefinition definition = TextIndexDefinition.of("notes")
                .field("title", TextAnalyzer.words())
                .field("body", TextAnalyzer.language(Language.ENGLISH));
        try (TextIndex index = TextIndex.inMemory(store, definition)) {
            return index.search(TextSearch.of(query).highlight(highlighting)).hits().stream()
                    .flatMap(hit -> hit.passages().stream())
                    .map(passage -> passage.field() + ": " + passage.marked("[", "]"))
                    .toList();
        }
    }

    @Test
    void wordsAreMarkedInEachFormThatMatches() {
        assertThat(marked(
                        Map.of("id", 1L, "title", "A harbour", "body", "Harbours are many. This one is a harbour."),
                        "harbour",
                        Highlighting.of().wholeValues()))
                .containsExactly("title: A [harbour]", "body: [Harbours] are many. This one is a [harbour].");
    }

    @Test
    void onlyWordsOfAPhraseInTheirPlaceAreMarked() {
        assertThat(marked(
                        Map.of("id", 1L, "body", "Old ships, old harbour, new harbour."),
                        "\"old harbour\"",
                        Highlighting.of("body").wholeValues()))
                .containsExactly("body: Old ships, [old] [harbour], new harbour.");
    }

    @Test
    void prefixesAndSimilarWordsAreMarked() {
        assertThat(marked(
                        Map.of("id", 1L, "title", "Lighthouse by the habour"),
                        "light* harbour~",
                        Highlighting.of("title").wholeValues()))
                .containsExactly("title: [Lighthouse] by the [habour]");
    }

    @Test
    void excludedWordsAndOtherFieldsAreNotMarked() {
        assertThat(marked(
                        Map.of("id", 1L, "title", "harbour town", "body", "A town."),
                        "title:harbour town -ship",
                        Highlighting.of().wholeValues()))
                .containsExactly("title: [harbour] [town]", "body: A [town].");
    }

    @Test
    void theBestPassagesOfALongTextAreShownInTheirOrder() {
        String filler = "Nothing is said here about what was asked for, and it takes a while. ";
        String text = filler.repeat(20) + "One harbour is here. " + filler.repeat(20)
                + "The harbour of harbours, the harbour. " + filler.repeat(20);
        List<String> two = marked(
                Map.of("id", 1L, "body", text),
                "harbour",
                Highlighting.of("body").passages(2, 40));
        assertThat(two).hasSize(2);
        assertThat(two.get(0)).contains("One [harbour] is here.");
        assertThat(two.get(1)).contains("The [harbour] of [harbours], the [harbour].");
        List<String> one = marked(
                Map.of("id", 1L, "body", text),
                "harbour",
                Highlighting.of("body").passages(1, 40));
        assertThat(one).hasSize(1);
        assertThat(one.get(0)).contains("The [harbour] of [harbours]").hasSizeLessThan(250);
    }

    @Test
    void allPassagesCanBeAskedFor() {
        assertThat(marked(
                        Map.of("id", 1L, "body", "One harbour is here. " + "Nothing. ".repeat(20) + "Two harbours."),
                        "harbour",
                        Highlighting.of("body").passages(Integer.MAX_VALUE, 20)))
                .containsExactly("body: One [harbour] is here.", "body: Two [harbours].");
    }

    @Test
    void valuesOfAnArrayAreLookedAtOneByOne() {
        assertThat(marked(
                        Map.of("id", 1L, "title", List.of("no", "a ship", "", "the ship & <b>")),
                        "ship",
                        Highlighting.of("title")))
                .containsExactly("title: a [ship]", "title: the [ship] & <b>");
    }

    @Test
    void htmlIsEscaped() {
        Passage passage = new Passage("title", "a <b> & \"c\"", List.of(new Passage.Range(2, 5)));
        assertThat(passage.html("mark")).isEqualTo("a <mark>&lt;b&gt;</mark> &amp; &quot;c&quot;");
    }

    @Test
    void fieldsMustBeThoseOfTheIndex() {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> marked(Map.of("id", 1L, "title", "a"), "a", Highlighting.of("text")))
                .withMessageContaining("\"text\"");
    }
}
