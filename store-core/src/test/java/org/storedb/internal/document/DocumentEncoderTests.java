package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.document.DocumentValue;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class DocumentEncoderTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();
    private final DocumentEncoder encoder = new DocumentEncoder(dictionary);

    @Test
    void bytesAreThoseOfFormatVersion1() {
        dictionary.idOf("unused");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", "Ada");
        document.put("born", 1815);
        document.put("tags", List.of(true, 47, -17, 1.5));
        document.put("price", new BigDecimal("12.90"));
        document.put("none", null);
        document.put("big", BigInteger.ONE.shiftLeft(64));
        document.put("bytes", new byte[] {1, 2});
        document.put("inner", Map.of("name", "x"));
        assertThat(HexFormat.of().formatHex(encode(document)))
                .isEqualTo(
                        "01" // version 1
                                + "2008" // an object of 8 fields
                                + "0100" + "0204" + "0307" + "041a" + "051f" + "0620" + "072b"
                                + "082f" // (id, offset) each
                                + "83416461" // "Ada"
                                + "040717" // 1815
                                + "1804" + "00010204" + "02" + "7f" + "03ef"
                                + "073ff8000000000000" // [true, 47, -17, 1.5]
                                + "0c02" + "04050a" // 12.90
                                + "00" // null
                                + "0809" + "010000000000000000" // 2^64
                                + "1402" + "0102" // two bytes
                                + "2001" + "0100" + "8178"); // {"name": "x"}
    }

    @Test
    void everyValueComesBack() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                null,
                true,
                false,
                0,
                -16,
                -17,
                47,
                48,
                127,
                128,
                -128,
                -129,
                32767,
                32768,
                -32769,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                1L << 40,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                0.0,
                -0.0,
                1e300,
                Double.MIN_VALUE));
        values.add(BigInteger.ONE.shiftLeft(200).negate());
        values.add(new BigDecimal("1.10"));
        values.add(new BigDecimal("1E+400"));
        values.add(new BigDecimal("-123456789012345678901234567890.123456789"));
        values.add("");
        values.add("Grüße, 世界 🌍\u0000");
        values.add("x".repeat(127));
        values.add("x".repeat(128));
        values.add("é".repeat(200));
        values.add("y".repeat(70_000));
        values.add(List.of());
        values.add(Map.of());
        document.put("values", values);
        document.put("deep", Map.of("a", Map.of("b", List.of(Map.of("c", 1)))));
        assertThat(decode(encode(document)).toObject()).isEqualTo(document);
    }

    @Test
    void fieldsComeBackInTheOrderInWhichTheyWereWritten() {
        dictionary.idOf("c");
        dictionary.idOf("a");
        EncodedValue document = decode(encode(ordered("b", "a", "d", "c")));
        List<String> names = new ArrayList<>();
        document.forEachField((name, value) -> names.add(name + value));
        assertThat(names).containsExactly("bb", "aa", "dd", "cc");
    }

    @Test
    void namesAreInlineOnceTheDictionaryIsFull() {
        HeapFieldDictionary small = new HeapFieldDictionary(2);
        DocumentEncoder inline = new DocumentEncoder(small);
        Map<String, @Nullable Object> document = ordered("x", "a", "y", "b", "z");
        document.put("inner", ordered("q", "a"));
        inline.writeValue(document);
        EncodedValue read = EncodedValue.document(inline.toBytes(), small);
        assertThat(read.toObject()).isEqualTo(document);
        assertThat(new ArrayList<>(((Map<?, ?>) document).keySet())).isEqualTo(names(read));
        assertThat(read.field("z")).hasToString("z");
        assertThat(read.field("x")).hasToString("x");
        assertThat(read.field("w")).isNull();
        EncodedValue inner = (EncodedValue) document(read.field("inner"));
        assertThat(inner.field("q")).hasToString("q");
        assertThat(inner.field("a")).hasToString("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 254, 255, 256, 65_534, 65_535, 65_536, 70_000})
    void widthsGrowWithTheNumberOfFields(int fields) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        for (int field = 0; field < fields; field++) {
            document.put("f" + field, field);
        }
        EncodedValue read = decode(encode(document));
        assertThat(read.size()).isEqualTo(fields);
        assertThat(document(read.field("f" + (fields - 1))).asLong()).isEqualTo(fields - 1);
        assertThat(read.toObject()).isEqualTo(document);
    }

    @Test
    void storedValuesCanBeWrittenAgain() {
        Map<String, @Nullable Object> document = ordered("a", "b");
        document.put("list", List.of(1, "two", Map.of("three", 3.0)));
        EncodedValue read = decode(encode(document));
        HeapFieldDictionary other = new HeapFieldDictionary(1);
        DocumentEncoder copier = new DocumentEncoder(other);
        copier.writeValue(read);
        assertThat(EncodedValue.document(copier.toBytes(), other).toObject()).isEqualTo(document);
    }

    @Test
    void javaTimeBecomesTextThatSortsByTime() {
        encoder.writeValue(Map.of("at", Instant.parse("2026-11-20T09:30:00.5Z")));
        assertThat(decode(encoder.toBytes()).field("at")).hasToString("2026-11-20T09:30:00.500000000Z");
        encoder.reset();
        encoder.writeValue(Map.of("at", LocalDateTime.of(2026, 1, 2, 3, 4)));
        assertThat(decode(encoder.toBytes()).field("at")).hasToString("2026-01-02T03:04:00.000000000");
    }

    @Test
    void nodesOfJsonAreWhatTheyStandFor() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", "x")
                .put("whole", 5)
                .put("decimal", new BigDecimal("0.10"))
                .put("truth", true);
        node.put("bytes", new byte[] {1}).putNull("none");
        node.putPOJO("object", List.of(1)).putArray("list").add(1.5).addObject().put("deep", "y");
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("text", "x");
        expected.put("whole", 5);
        expected.put("decimal", new BigDecimal("0.10"));
        expected.put("truth", true);
        expected.put("bytes", new byte[] {1});
        expected.put("none", null);
        expected.put("object", List.of(1));
        expected.put("list", List.of(1.5, Map.of("deep", "y")));

        assertThat(encode(node)).isEqualTo(encode(expected));
        assertThat(encode(Map.of("in", List.of(node)))).isEqualTo(encode(Map.of("in", List.of(expected))));
        assertThat(KeyEncoder.encode(node)).isEqualTo(KeyEncoder.encode(expected));
        assertThat(PlainValues.of(node.get("text"))).isEqualTo("x");
        assertThat(PlainValues.of(node.get("none"))).isNull();
        assertThat(PlainValues.of(MissingNode.getInstance())).isNull();
    }

    @Test
    void nestingOf500LevelsIsTheDeepest() {
        assertThat(decode(encode(nested(500))).toObject()).isEqualTo(nested(500));
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> encode(nested(501)))
                .withMessageContaining("deeper than 500");
    }

    @Test
    void whatIsNoDocumentIsRefusedWithItsPath() {
        assertInvalid("Field \"a.b\": The text contains half of a surrogate pair", Map.of("a", Map.of("b", "x\uD800")));
        assertInvalid("half of a surrogate pair", Map.of("x\uDC00", 1));
        assertInvalid("Field \"a\": A document cannot hold the number NaN", Map.of("a", Double.NaN));
        assertInvalid("Infinity", Map.of("a", List.of(1, Float.POSITIVE_INFINITY)));
        assertInvalid(
                "Field \"a\": A document cannot hold a value of class java.lang.Object", Map.of("a", new Object()));
        assertInvalid("Field \"a\": A document cannot hold a value of class", Map.of("a", Path.of("x", "y")));
        assertInvalid("must be a string, not of class java.lang.Double", Map.of(1.5, 1));
        assertInvalid("scale", Map.of("a", new BigDecimal("1E+100000")));
        assertInvalid("bits is too long", Map.of("a", BigInteger.ONE.shiftLeft(40_000)));
        assertInvalid("A document must be an object", List.of(1));
        assertInvalid("A document must be an object", 1);
    }

    @Test
    void documentsOfOtherShapesMayFollowOneAnother() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f");
        for (int shape = 0; shape < 1 << names.size(); shape++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            for (int at = 0; at < names.size(); at++) {
                int number = shape % 2 == 0 ? at : names.size() - 1 - at;
                if ((shape & (1 << number)) != 0) {
                    document.put(names.get(number), number % 2 == 0 ? number : ordered(names.get(number), "inner"));
                }
            }
            assertThat(decode(encode(document)).toObject()).isEqualTo(document);
        }
    }

    @Test
    void pathOfARefusedValueNamesNamesWithAndWithoutIds() {
        DocumentEncoder target = new DocumentEncoder(new HeapFieldDictionary(2));
        target.startObject();
        target.name("known");
        target.startObject();
        target.name("alsoKnown");
        target.startArray();
        target.startObject();
        target.name("inline");
        target.startObject();
        target.name("last");
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> target.writeString("half \uD800"))
                .withMessageStartingWith("Field \"known.alsoKnown.inline.last\": ");
    }

    @Test
    void duplicateNamesAreRefused() {
        for (int capacity : new int[] {0, 10}) {
            DocumentEncoder target = new DocumentEncoder(new HeapFieldDictionary(capacity));
            assertThatExceptionOfType(InvalidDocumentException.class)
                    .isThrownBy(() -> {
                        target.startObject();
                        target.name("twice");
                        target.writeLong(1);
                        target.name("twice");
                        target.writeLong(2);
                        target.endObject();
                    })
                    .withMessageContaining("\"twice\" twice");
        }
    }

    @Test
    void callsOutOfOrderAreRefused() {
        encoder.startObject();
        assertThatIllegalStateException().isThrownBy(() -> encoder.writeLong(1));
        assertThatIllegalStateException().isThrownBy(encoder::endArray);
        assertThatIllegalStateException().isThrownBy(encoder::toBytes);
        encoder.name("a");
        assertThatIllegalStateException().isThrownBy(() -> encoder.name("b"));
        assertThatIllegalStateException().isThrownBy(encoder::endObject);
        encoder.writeNull();
        encoder.endObject();
        assertThatIllegalStateException().isThrownBy(encoder::startObject);
        assertThat(decode(encoder.toBytes()).size()).isEqualTo(1);
    }

    @Test
    void documentsOverTheLimitAreRefused() {
        DocumentEncoder limited = new DocumentEncoder(dictionary, new DocumentBounds(100, 500, 1_000));
        limited.writeValue(Map.of("a", "x".repeat(80)));
        assertThat(limited.toBytes()).hasSizeLessThan(100);
        limited.reset();
        limited.writeValue(Map.of("a", "x".repeat(100)));
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(limited::toBytes);
        limited.reset();
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> limited.writeValue(Map.of("a", "x".repeat(1_000_000))))
                .withMessageContaining("100 are allowed");
    }

    private void assertInvalid(String message, Object document) {
        DocumentEncoder target = new DocumentEncoder(new HeapFieldDictionary());
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> target.writeValue(document))
                .withMessageContaining(message);
    }

    private byte[] encode(Object document) {
        encoder.reset();
        encoder.writeValue(document);
        return encoder.toBytes();
    }

    private EncodedValue decode(byte[] bytes) {
        return EncodedValue.document(bytes, dictionary);
    }

    private static DocumentValue document(@Nullable DocumentValue value) {
        assertThat(value).isNotNull();
        return java.util.Objects.requireNonNull(value);
    }

    private static List<String> names(DocumentValue value) {
        List<String> names = new ArrayList<>();
        value.forEachField((name, field) -> names.add(name));
        return names;
    }

    private static Map<String, @Nullable Object> ordered(String... names) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name : names) {
            map.put(name, name);
        }
        return map;
    }

    private static Map<String, Object> nested(int levels) {
        Map<String, Object> map = Map.of("leaf", 1);
        for (int level = 1; level < levels; level++) {
            map = Map.of("n", map);
        }
        return map;
    }
}
