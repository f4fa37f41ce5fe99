package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.AccessType;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mapping.MappingException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.spring.data.core.StoreFixture;

/** How property values are written from an object to the fields of a document. */
@SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // entities are read by the mapping
class FieldWriterTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void numbersAndBooleansThatCannotBeNullAreStoredAsTheyAre() {
        fixture.template().insert(new Numbers("1"));
        Map<String, Object> expected = new HashMap<>();
        expected.put("id", "1");
        expected.put("truth", true);
        expected.put("tiny", -128);
        expected.put("small", -32768);
        expected.put("whole", Integer.MIN_VALUE);
        expected.put("large", Long.MIN_VALUE);
        expected.put("rough", 0.5);
        expected.put("exact", -1.0e-300);
        expected.put("letter", "ä");
        assertThat(stored("numbers")).isEqualTo(expected);
        Numbers read = fixture.template().findById("1", Numbers.class).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(new Numbers("1"));
    }

    @Test
    void boxedValuesAreStoredIfTheyAreThere() {
        fixture.template().insert(new Boxes("1", 7, null, 2.5, null, "text", null));
        assertThat(stored("boxes")).isEqualTo(Map.of("id", "1", "whole", 7, "exact", 2.5, "text", "text"));
    }

    @Test
    void propertiesOfAClassAboveAreStoredToo() {
        fixture.template().insert(new Lower("1", 3, "below"));
        assertThat(stored("lower")).isEqualTo(Map.of("id", "1", "number", 3, "text", "below"));
    }

    @Test
    void emptyOptionalIsNoValue() {
        fixture.template().insert(new Optionals("1", Optional.empty(), Optional.of("there")));
        assertThat(stored("optionals")).isEqualTo(Map.of("id", "1", "second", "there"));
    }

    @Test
    void getterIsAskedWhereTheClassWantsItAndNowhereElse() {
        Asked asked = new Asked();
        asked.setId("1");
        asked.setNumber(20);
        fixture.template().insert(asked);
        assertThat(stored("asked")).isEqualTo(Map.of("id", "1", "number", 21));
        NotAsked notAsked = new NotAsked();
        notAsked.number = 20;
        fixture.template().insert(notAsked);
        assertThat(stored("notAsked")).isEqualTo(Map.of("id", "1", "number", 20));
    }

    @Test
    void getterOfAClassBelowIsAsked() {
        AskedBelow below = new AskedBelow();
        below.setId("1");
        below.setNumber(20);
        fixture.template().insert(below);
        assertThat(stored("askedBelow")).isEqualTo(Map.of("id", "1", "number", 120));
    }

    @Test
    void whatAGetterThrowsIsThrown() {
        Failing failing = new Failing();
        failing.setNumber(1);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> fixture.template().insert(failing))
                .withMessage("not today");
        failing.setNumber(2);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> fixture.template().insert(failing))
                .withMessage("never");
    }

    @Test
    void primitiveWithAConverterIsStoredAsTheConverterMakesIt() {
        try (StoreFixture converting = new StoreFixture(new ToCents(), new FromCents())) {
            converting.template().insert(new Priced("1", 1.25f));
            assertThat(converting.store().collection("priced").get("1"))
                    .contains(Map.of("id", "1", "price", "125 cents"));
            assertThat(converting.template().findById("1", Priced.class)).contains(new Priced("1", 1.25f));
        }
    }

    @Test
    void valueThatNoDocumentCanHoldIsRefusedWithItsField() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> fixture.template().insert(new Rough("1", Double.NaN)))
                .withCauseInstanceOf(InvalidDocumentException.class)
                .withMessageContaining("Field \"value\"");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // this is what the test is about
    void valueOfAnotherClassThanIsDeclaredIsRefusedWithItsProperty() {
        Generic<String> wrong = new TextOfGeneric();
        ((Generic) wrong).value = 5;
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(wrong))
                .withMessageContaining("Property 'value' of " + TextOfGeneric.class.getName() + " cannot be stored");
    }

    private Map<String, @Nullable Object> stored(String collection) {
        return fixture.store().collection(collection).get("1").orElseThrow();
    }

    /** All primitives. */
    static class Numbers {
        private final String id;
        private boolean truth = true;
        private byte tiny = Byte.MIN_VALUE;
        private short small = Short.MIN_VALUE;
        private int whole = Integer.MIN_VALUE;
        private long large = Long.MIN_VALUE;
        private float rough = 0.5f;
        private double exact = -1.0e-300;
        private char letter = 'ä';

        Numbers(String id) {
            this.id = id;
        }
    }

    record Boxes(
            String id,
            @Nullable Integer whole,
            @Nullable Long large,
            @Nullable Double exact,
            @Nullable Boolean truth,
            @Nullable String text,
            @Nullable String none) {}

    static class Upper {
        private final String id;
        private final int number;

        Upper(String id, int number) {
            this.id = id;
            this.number = number;
        }
    }

    static class Lower extends Upper {
        private final String text;

        Lower(String id, int number, String text) {
            super(id, number);
            this.text = text;
        }
    }

    record Optionals(String id, Optional<String> first, Optional<String> second) {}

    @AccessType(AccessType.Type.PROPERTY)
    static class Asked {
        private String id = "";
        private int number;

        public String getId() {
            return id;
        }

        public void setId(String id) {
            this.id = id;
        }

        public int getNumber() {
            return number + 1;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    static class AskedBelow extends Asked {
        @Override
        public int getNumber() {
            return super.getNumber() + 99;
        }
    }

    static class NotAsked {
        private String id = "1";
        private int number;

        public String getId() {
            return id;
        }

        public int getNumber() {
            return number + 1;
        }
    }

    @AccessType(AccessType.Type.PROPERTY)
    static class Failing {
        private int number;

        public String getId() {
            return "1";
        }

        public void setId(String id) {}

        public int getNumber() throws IOException {
            if (number == 1) {
                throw new IOException("not today");
            }
            throw new UnsupportedOperationException("never");
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    record Rough(String id, double value) {}

    record Priced(String id, float price) {}

    static class Generic<V> {
        String id = "1";

        @Nullable
        V value;
    }

    static class TextOfGeneric extends Generic<String> {}

    @WritingConverter
    static class ToCents implements Converter<Float, String> {
        @Override
        public String convert(Float price) {
            return Math.round(100 * price) + " cents";
        }
    }

    @ReadingConverter
    static class FromCents implements Converter<String, Float> {
        @Override
        public Float convert(String price) {
            return Integer.parseInt(price.replace(" cents", "")) / 100f;
        }
    }
}
