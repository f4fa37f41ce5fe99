package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentValue;
import org.storedb.document.ValueType;

class EncodedValueTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary(6);

    @Test
    void numbersConvertExactlyOrNotAtAll() {
        EncodedValue document = document(Map.of("n", 1.5, "w", 3.0, "b", new BigDecimal("7.00")));
        assertThat(field(document, "n").asBigDecimal()).isEqualByComparingTo("1.5");
        assertThat(field(document, "w").asLong()).isEqualTo(3);
        assertThat(field(document, "b").asBigInteger()).isEqualTo(BigInteger.valueOf(7));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> field(document, "n").asLong());
    }

    @Test
    void askingForAnotherTypeIsRefused() {
        EncodedValue document = document(Map.of("text", "x"));
        assertThat(field(document, "text").type()).isEqualTo(ValueType.STRING);
        assertThatIllegalStateException()
                .isThrownBy(() -> field(document, "text").asLong());
        assertThatIllegalStateException()
                .isThrownBy(() -> field(document, "text").size());
        assertThatIllegalStateException().isThrownBy(document::asString);
        assertThatIllegalStateException().isThrownBy(() -> document.element(0));
    }

    @Test
    void pathsAreReadThroughObjectsOnly() {
        EncodedValue document = document(Map.of("a", Map.of("b", 5), "list", List.of(Map.of("b", 6))));
        assertThat(FieldReader.of("a.b", dictionary).read(document)).hasToString("5");
        assertThat(FieldReader.of("a.b.c", dictionary).read(document)).isNull();
        assertThat(FieldReader.of("a.c", dictionary).read(document)).isNull();
        assertThat(FieldReader.of("list.b", dictionary).read(document)).isNull();
    }

    @Test
    void anotherFormatVersionIsNamed() {
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> EncodedValue.document(new byte[] {9, 0x20, 0}, dictionary))
                .withMessageContaining("format 9");
    }

    @Test
    void eachTagHasTheTypeThatTheFormatGivesIt() {
        Map<ValueType, Set<Integer>> known = Map.of(
                ValueType.NULL, Set.of(0x00),
                ValueType.BOOLEAN, Set.of(0x01, 0x02),
                ValueType.NUMBER, Set.of(0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D),
                ValueType.STRING, Set.of(0x10, 0x11, 0x12),
                ValueType.BINARY, Set.of(0x14, 0x15, 0x16),
                ValueType.ARRAY, Set.of(0x18, 0x19, 0x1A),
                ValueType.OBJECT, Set.of(0x20, 0x21, 0x22, 0x24, 0x25, 0x26, 0x28, 0x29, 0x2A));
        for (int tag = 0; tag < 0x40; tag++) {
            int wanted = tag;
            assertThat(DocumentFormat.type(tag))
                    .isEqualTo(known.keySet().stream()
                            .filter(type -> known.getOrDefault(type, Set.of()).contains(wanted))
                            .findFirst()
                            .orElse(null));
        }
        for (int tag = 0x40; tag <= 0xFF; tag++) {
            assertThat(DocumentFormat.type(tag)).isEqualTo(tag < 0x80 ? ValueType.NUMBER : ValueType.STRING);
        }
    }

    /** Flipped, cut and random bytes: each read gives some value or the one exception, soon. */
    @Test
    void hostileBytesNeverDoMoreThanThrowTheirException() {
        Random random = new Random(42);
        byte[] good = bytes(Map.of(
                "name",
                "Ada",
                "list",
                List.of(1, 2.5, "x", new BigDecimal("1.1"), Map.of("k", List.of(1))),
                "big",
                BigInteger.TEN.pow(30),
                "a",
                Map.of("b", Map.of("c", "d")),
                "x",
                1,
                "y",
                2,
                "z",
                3));
        int malformed = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] bytes = good.clone();
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            if (random.nextInt(10) == 0) {
                random.nextBytes(bytes);
                bytes = bytes.length > 1 ? bytes : new byte[2];
                bytes[0] = DocumentFormat.VERSION;
                bytes[1] = (byte) (DocumentFormat.OBJECT + random.nextInt(11));
            }
            malformed += readEverything(bytes) ? 0 : 1;
        }
        assertThat(malformed).isBetween(15_000, 59_999);
    }

    @Test
    void overlappingFieldsAreNotReadAgainAndAgain() {
        int levels = 400;
        byte[] bytes = new byte[1 + 6 * levels + 1];
        bytes[0] = DocumentFormat.VERSION;
        for (int level = 0; level < levels; level++) { // An array whose two elements are the same array.
            int at = level == 0 ? 1 : 3 + 4 * level;
            bytes[at] = (byte) (level == 0 ? DocumentFormat.OBJECT : DocumentFormat.ARRAY);
            bytes[at + 1] = 2;
        }
        assertThatExceptionOfType(MalformedDocumentException.class)
                .isThrownBy(() -> EncodedValue.document(bytes, dictionary).toObject());
    }

    private boolean readEverything(byte[] bytes) {
        try {
            EncodedValue document = EncodedValue.document(bytes, dictionary);
            document.field("name");
            document.field("unknown");
            new KeyEncoder().append(document);
            document.toObject();
            return true;
        } catch (MalformedDocumentException expected) {
            return false;
        }
    }

    private EncodedValue document(Map<String, ?> document) {
        return EncodedValue.document(bytes(document), dictionary);
    }

    private byte[] bytes(Map<String, ?> document) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        encoder.writeValue(document);
        return encoder.toBytes();
    }

    private static DocumentValue field(EncodedValue document, String name) {
        return java.util.Objects.requireNonNull(document.field(name));
    }
}
