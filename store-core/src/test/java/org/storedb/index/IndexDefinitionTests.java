package org.storedb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.Store;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Direction;

class IndexDefinitionTests {

    @Test
    void namesAreMadeOfThePartsUntilOneIsGiven() {
        assertThat(IndexDefinition.on("country").descending("population").name())
                .isEqualTo("country_population-desc");
        assertThat(IndexDefinition.on("a").caseInsensitive().eachElementOf("b").name())
                .isEqualTo("a-nocase_b-each");
        assertThat(IndexDefinition.on("a").where(Filter.exists("b")).name()).isEqualTo("a-partial");
        assertThat(IndexDefinition.on("a").named("x").ascending("b").name()).isEqualTo("x");
        assertThat(IndexDefinition.on("a", "b"))
                .isEqualTo(IndexDefinition.on("a").ascending("b"))
                .isEqualTo(new IndexDefinition("a_b", List.of("a", "b"), false));
        assertThat(IndexDefinition.on("a").asUnique()).isEqualTo(IndexDefinition.uniqueOn("a"));
    }

    @Test
    void namesAreMadeOfFieldsOfAnyName() {
        assertThat(IndexDefinition.on("größe").name()).isEqualTo("gr-00f6-00dfe");
        assertThat(IndexDefinition.on("$set", "a b").descending("_x").name()).isEqualTo("f-0024set_a-0020b__x-desc");
        assertThat(IndexDefinition.on("größe").where(Filter.exists("b")).name()).isEqualTo("gr-00f6-00dfe-partial");
        String tooLong = "a".repeat(129);
        assertThat(IndexDefinition.on(tooLong).name())
                .hasSize(128)
                .matches("a{119}-[0-9a-f]{8}")
                .isNotEqualTo(IndexDefinition.on(tooLong + "a").name());
        try (Store store = Store.openInMemory()) {
            for (String field : List.of("größe", "$set", "_x", "\uD83D\uDE00", tooLong)) {
                store.collection("all").createIndex(IndexDefinition.on(field));
            }
            assertThat(store.collection("all").indexes()).hasSize(5);
        }
    }

    @Test
    void descriptionsSayWhatIsIndexed() {
        assertThat(IndexDefinition.uniqueOn("email")
                        .caseInsensitive()
                        .descending("age")
                        .eachElementOf("tags")
                        .describe())
                .isEqualTo("unique on lower(email), age descending, each element of tags");
    }

    @Test
    void caseIsIgnoredInTheGivenFieldsOnly() {
        IndexDefinition definition = IndexDefinition.on("a", "b").caseInsensitive("b");
        assertThat(definition.parts()).extracting(Part::caseInsensitive).containsExactly(false, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition.caseInsensitive("c"))
                .withMessageContaining("[c]");
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(IndexDefinition::on).withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.on("a").descending("a"))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.onEachElementOf("a").eachElementOf("b"))
                .withMessageContaining("only one field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.on("a").where(Filter.not(Filter.like("b", "x%"))))
                .withMessageContaining("startsWith");
    }

    @Test
    void placesAreNeitherUniqueNorText() {
        assertThat(IndexDefinition.on("country").place("at").caseInsensitive().name())
                .isEqualTo("country-nocase_at-place");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.onPlace("at").asUnique())
                .withMessageContaining("centimetre");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part("at", Kind.PLACE, true, Direction.ASCENDING))
                .withMessageContaining("\"at\"");
    }

    @Test
    void wordsAreNeitherUniqueNorAnythingElse() {
        IndexDefinition definition =
                IndexDefinition.on("country").wordsOf("name").caseInsensitive();
        assertThat(definition.name()).isEqualTo("country-nocase_name-words");
        assertThat(definition.describe()).isEqualTo("on lower(country), words of name");
        assertThat(IndexDefinition.onWordsOf("name").hasOneEntryPerDocument()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.onWordsOf("name").asUnique())
                .withMessageContaining("many documents have the same words");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.onWordsOf("name").eachElementOf("tags"))
                .withMessageContaining("only one field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part("name", Kind.WORDS, true, Direction.ASCENDING))
                .withMessageContaining("\"name\"");
    }

    @Test
    void filtersHaveALimitedDepth() {
        Filter filter = Filter.exists("a");
        for (int depth = 1; depth < 32; depth++) {
            filter = Filter.not(filter);
        }
        Filter deepest = filter;
        assertThat(IndexDefinition.on("a").where(deepest).filter()).isEqualTo(deepest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexDefinition.on("a").where(Filter.not(deepest)))
                .withMessageContaining("32");
    }
}
