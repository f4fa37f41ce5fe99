package org.storedb.spring.data.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.mapping.MappingException;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextField;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.search.TextIndexed.Analysis;

/** Which text entities declare, and what they cannot. */
class EntityTextTests {

    private final StoreMappingContext mappingContext = new StoreMappingContext();

    @Test
    void everyWayToMakeWords() {
        record Note(
                String id,
                @TextIndexed String plain,

                @TextIndexed(language = Language.GERMAN, boost = 2)
                String german,

                @TextIndexed(analysis = Analysis.WORDS_WITHOUT_ACCENTS)
                String name,

                @TextIndexed(analysis = Analysis.WHOLE_STRING)
                String code,

                @TextIndexed(analyzer = "mine") List<String> lines) {}
        assertThat(textOf(Note.class).definition().fields())
                .containsExactly(
                        new TextField("code", TextAnalyzer.wholeString(), 1),
                        new TextField("german", TextAnalyzer.language(Language.GERMAN), 2),
                        new TextField("lines", analyzer("mine"), 1),
                        new TextField("name", TextAnalyzer.wordsWithoutAccents(), 1),
                        new TextField("plain", TextAnalyzer.words(), 1));
    }

    @Test
    void nestedPropertiesAreNamedByTheirPaths() {
        record Line(
                @TextIndexed @FieldName("t") String text,
                @Nullable Line next) {}
        record Poem(String id, @FieldName("l") List<Line> lines, Line title) {}
        EntityText text = textOf(Poem.class);
        assertThat(text.fields()).containsOnlyKeys("lines.text", "title.text");
        assertThat(text.path("lines.text")).isEqualTo("l.t");
        assertThat(text.property("title.t")).isEqualTo("title.text");
        assertThat(text.path("lines")).isNull();
    }

    @Test
    void whatIsReferredToIsNotPartOfTheDocument() {
        record Author(String id, @TextIndexed String name) {}
        record Essay(
                String id,
                @TextIndexed String title,
                @DocumentReference(lazy = false) Author author) {}
        assertThat(textOf(Essay.class).fields()).containsOnlyKeys("title");
    }

    @Test
    void classesOfOneCollectionHaveOneIndex() {
        mappingContext.getPersistentEntity(Car.class);
        assertThat(textOf(Vehicle.class).fields()).containsOnlyKeys("name", "plate");
        assertThat(textOf(Vehicle.class).definition())
                .isEqualTo(textOf(Car.class).definition());
    }

    @Test
    void classesOfASealedTypeHaveText() {
        assertThat(textOf(Page.class).fields())
                .containsOnlyKeys("blocks.text", "blocks.caption", "blocks.parts.text", "blocks.parts.caption");
        assertThat(textOf(Message.class).fields()).containsOnlyKeys("subject");
    }

    @Test
    void whatHasNoTextIsRefused() {
        record Box(String id, @TextIndexed int size) {}
        assertRefused(Box.class, "size");
        record Titles(String id, @TextIndexed Map<String, String> titles) {}
        assertRefused(Titles.class, "titles");
        record Inner(String name) {}
        record Outer(String id, @TextIndexed Inner inner) {}
        assertRefused(Outer.class, "inner");
        record Named(@TextIndexed String id) {}
        assertRefused(Named.class, "id");
    }

    @Test
    void onlyOneThingIsSaidOfWords() {
        record Twice(
                String id,

                @TextIndexed(language = Language.GERMAN, analyzer = "mine")
                String text) {}
        assertRefused(Twice.class, "more than once");
        record Languages(
                String id,

                @TextIndexed(language = {Language.GERMAN, Language.FRENCH})
                String text) {}
        assertRefused(Languages.class, "more than once");
    }

    @Test
    void twoClassesCannotDisagreeOnOneField() {
        mappingContext.getPersistentEntity(Letter.class);
        mappingContext.getPersistentEntity(Parcel.class);
        assertRefused(Letter.class, "differs in its @TextIndexed");
    }

    @Test
    void onePropertyOfTwoClassesIsInOneField() {
        mappingContext.getPersistentEntity(Bill.class);
        mappingContext.getPersistentEntity(Offer.class);
        assertThatThrownBy(() -> textOf(Bill.class))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Property 'text'")
                .hasMessageContaining("'text' by " + Bill.class.getName())
                .hasMessageContaining("'t' by " + Offer.class.getName());
    }

    private void assertRefused(Class<?> type, String mentioned) {
        assertThatThrownBy(() -> textOf(type))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(mentioned)
                .hasMessageContaining("@TextIndexed");
    }

    private EntityText textOf(Class<?> type) {
        StorePersistentEntity<?> entity = mappingContext.getRequiredPersistentEntity(type);
        return EntityText.of(entity.getCollectionName(), mappingContext, EntityTextTests::analyzer);
    }

    private static TextAnalyzer analyzer(String name) {
        return TextAnalyzer.custom(name, () -> TextAnalyzer.words().open());
    }

    record Page(String id, List<Block> blocks) {}

    sealed interface Block permits Paragraph, Picture, Section {}

    @TypeAlias("paragraph")
    record Paragraph(@TextIndexed String text) implements Block {}

    @TypeAlias("picture")
    record Picture(@TextIndexed String caption) implements Block {}

    @TypeAlias("section")
    record Section(List<Block> parts) implements Block {}

    @Document("messages")
    sealed interface Message permits Mail {}

    @TypeAlias("mail")
    record Mail(String id, @TextIndexed String subject) implements Message {}

    @Document("vehicles")
    @TypeAlias("vehicle")
    static class Vehicle {

        @Nullable
        String id;

        @TextIndexed
        @Nullable
        String name;
    }

    @TypeAlias("car")
    static class Car extends Vehicle {

        @TextIndexed(analysis = Analysis.WHOLE_STRING)
        @Nullable
        String plate;
    }

    @Document("post")
    @TypeAlias("letter")
    static class Letter {

        @Nullable
        String id;

        @TextIndexed
        @Nullable
        String note;
    }

    @Document("papers")
    @TypeAlias("bill")
    static class Bill {

        @Nullable
        String id;

        @TextIndexed
        @Nullable
        String text;
    }

    @Document("papers")
    @TypeAlias("offer")
    static class Offer {

        @Nullable
        String id;

        @TextIndexed
        @FieldName("t")
        @Nullable
        String text;
    }

    @Document("post")
    @TypeAlias("parcel")
    static class Parcel {

        @Nullable
        String id;

        @TextIndexed(analysis = Analysis.WHOLE_STRING)
        @Nullable
        String note;
    }
}
