package org.storedb.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.maintenance.ImportReport;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The corners of JSON: each is stored exactly, or refused with the reason, on every way in. */
class JsonEdgeCaseTests {

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> maps = store.collection("c");
    private final DocumentCollection<JsonNode> nodes = store.collection("c", JsonNode.class);

    /** Decimals as they are written; what else a user's mapper is told is up to its user. */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(20_000)
                            .maxNestingDepth(5_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of("0", 0),
                Arguments.of("-0", -0.0),
                Arguments.of("-0.0", -0.0),
                Arguments.of("-0e5", -0.0),
                Arguments.of("9007199254740991", 9007199254740991L),
                Arguments.of("9007199254740992", 9007199254740992L),
                Arguments.of("9007199254740993", 9007199254740993L),
                Arguments.of("-9007199254740993", -9007199254740993L),
                Arguments.of("9007199254740993.0", new BigDecimal("9007199254740993.0")),
                Arguments.of("9007199254740992.0", 9007199254740992.0),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
                Arguments.of("1".repeat(5000), new BigInteger("1".repeat(5000))),
                Arguments.of("1e400", new BigDecimal("1e400")),
                Arguments.of("-1.5E-400", new BigDecimal("-1.5E-400")),
                Arguments.of("1e308", 1e308),
                Arguments.of("4.9e-324", Double.MIN_VALUE),
                Arguments.of("1e-324", new BigDecimal("1e-324")),
                Arguments.of("0.1", 0.1),
                Arguments.of("0.10", 0.1),
                Arguments.of("1.0", 1.0),
                Arguments.of("1E2", 100.0),
                Arguments.of(
                        "0.1000000000000000055511151231257827", new BigDecimal("0.1000000000000000055511151231257827")),
                Arguments.of("3.14159265358979323846", new BigDecimal("3.14159265358979323846")),
                Arguments.of("123456789.123456789", new BigDecimal("123456789.123456789")),
                Arguments.of("12345678.12345678", 12345678.12345678));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreImportedExactly(String text, Object expected) {
        load("{\"id\": 1, \"n\": " + text + "}");
        assertThat(maps.get(1).orElseThrow().get("n")).isEqualTo(expected);
        assertThat(new BigDecimal(text)).isEqualByComparingTo(decimal(expected));
        assertThat(maps.count(Query.where(Filter.eq("n", expected)))).isEqualTo(1);
        String exported = export();
        store.collection("c").delete(1);
        load(exported);
        assertThat(maps.get(1).orElseThrow().get("n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersInTreesAreStoredExactly(String text) {
        nodes.insert(json.readTree("{\"id\": 1, \"n\": " + text + "}"));
        JsonNode read = nodes.get(1).orElseThrow().get("n");
        assertThat(read.decimalValue()).isEqualByComparingTo(new BigDecimal(text));
        assertThat(maps.count(Query.where(Filter.eq("n", new BigDecimal(text)))))
                .isEqualTo(1);
    }

    /** {@code Double.toString} has more digits for these before Java 19. */
    @ParameterizedTest
    @ValueSource(strings = {"8.71E21", "-2.957E21", "6.633262112166429E16"})
    void doublesHaveTheirShortestTextOnEveryReleaseOfJava(String text) {
        load("{\"id\": 1, \"n\": " + text + "}");
        assertThat(maps.get(1).orElseThrow().get("n")).isEqualTo(Double.parseDouble(text));
        assertThat(export()).contains(":" + text + "}");
    }

    @Test
    void theSignOfZeroIsKept() {
        maps.insert(Map.of("id", 1, "n", -0.0));
        load("{\"id\": 2, \"n\": -0.0}");
        for (int id = 1; id <= 2; id++) {
            assertThat(maps.get(id).orElseThrow().get("n")).isEqualTo(-0.0).isNotEqualTo(0.0);
            assertThat(Double.doubleToRawLongBits(
                            nodes.get(id).orElseThrow().get("n").doubleValue()))
                    .isEqualTo(Double.doubleToRawLongBits(-0.0));
        }
        assertThat(maps.count(Query.where(Filter.eq("n", 0)))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10001", "1e-10001", "1e2147483647", "1e99999999999", "1e-99999999999"})
    void exponentsBeyondTheBoundAreRefused(String text) {
        assertThat(refusal("{\"id\": 1, \"n\": " + text + "}"))
                .contains("Field \"n\"")
                .containsAnyOf("scale", "exponent");
    }

    @Test
    void numbersBeyondTheBoundAreRefused() {
        String digits = "7".repeat(9_900);
        assertThat(refusal("{\"id\": 1, \"n\": " + digits + "}")).contains("too long");
        assertThatThrownBy(() -> maps.insert(Map.of("id", 1, "n", new BigInteger(digits))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("too long");
        assertThat(refusal("{\"id\": 1, \"n\": " + "7".repeat(200_000) + "}")).contains("not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1_000"})
    void whatIsNoNumberInJsonIsRefused(String text) {
        assertThat(refusal("{\"id\": 1, \"n\": " + text + "}")).contains("not JSON");
    }

    @Test
    void nestingIsStoredUpToItsBound() {
        String deepest = nested(499);
        load("{\"id\": 1, \"x\": " + deepest + "}");
        assertThat(export()).isEqualTo("{\"id\":1,\"x\":" + deepest + "}\n");
        assertThat(nodes.get(1).orElseThrow().get("x").toString()).isEqualTo(deepest);
        nodes.insert(json.readTree("{\"id\": 2, \"x\": " + deepest + "}"));
        for (int depth : new int[] {500, 501, 4_000, 90_000, 3_000_000}) {
            assertThat(refusal("{\"id\": 3, \"x\": " + nested(depth) + "}"))
                    .containsAnyOf("500 levels", "nesting depth");
        }
        assertThatThrownBy(() -> nodes.insert(json.readTree("{\"id\": 3, \"x\": " + nested(500) + "}")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("500 levels");
        assertThat(maps.count()).isEqualTo(2);
    }

    @Test
    void bytesAtTheBoundOfNestingComeBack() {
        Object value = new byte[] {1, 2};
        for (int depth = 0; depth < 499; depth++) {
            value = List.of(value);
        }
        maps.insert(Map.of("id", 1, "x", value));
        String exported = export();
        maps.delete(1);
        load(exported);
        assertThat(export()).isEqualTo(exported);
    }

    @Test
    void fieldsThatAreThereTwiceAreRefused() {
        assertThat(refusal("{\"id\": 1, \"n\": 1, \"n\": 2}"))
                .contains("Field \"n\"")
                .contains("twice");
        assertThat(refusal("{\"id\": 1, \"id\": 1}")).contains("Field \"id\"").contains("twice");
        assertThat(refusal("{\"id\": 1, \"a\": [{\"b\": {\"c\": null, \"c\": null}}]}"))
                .contains("Field \"a.b.c\"");
        assertThat(refusal("{\"id\": 1, \"n\": 1, \"\\u006e\": 2}")).contains("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83db", "\\ude00\\ud83d"})
    void halvesOfSurrogatePairsAreRefused(String text) {
        assertThat(refusal("{\"id\": 1, \"s\": \"" + text + "\"}"))
                .contains("Field \"s\"")
                .contains("surrogate");
        assertThat(refusal("{\"id\": 1, \"" + text + "\": 1}")).contains("surrogate");
        assertThat(refusal("{\"id\": \"" + text + "\"}")).contains("surrogate");
        JsonNode node = json.readTree("{\"id\": 1, \"s\": [\"" + text + "\"]}");
        assertThatThrownBy(() -> nodes.insert(node))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("Field \"s\"")
                .hasMessageContaining("surrogate");
    }

    @Test
    void anyOtherTextIsStoredAsItIs() {
        StringBuilder text = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x3000 ? 1 : 37) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        maps.insert(Map.of("id", 1, "s", text.toString()));
        String exported = export();
        maps.delete(1);
        load(exported);
        assertThat(maps.get(1).orElseThrow().get("s")).isEqualTo(text.toString());
        assertThat(nodes.get(1).orElseThrow().get("s").stringValue()).isEqualTo(text.toString());
    }

    @Test
    void longStringsAreStoredUpToTheSizeOfADocument() {
        String long10 = "0123456789".repeat(1_000_000);
        load("{\"id\": 1, \"s\": \"" + long10 + "\"}");
        assertThat(maps.get(1).orElseThrow().get("s")).isEqualTo(long10);
        nodes.insert(nodes.get(1)
                .map(node -> json.readTree(node.toString().replaceFirst("1", "2")))
                .orElseThrow());
        assertThat(nodes.get(2).orElseThrow().get("s").stringValue()).isEqualTo(long10);
        String exported = export();
        assertThat(exported).hasSizeGreaterThan(20_000_000);
        maps.delete(Query.all());
        load(exported);
        assertThat(maps.get(2).orElseThrow().get("s")).isEqualTo(long10);

        assertThat(refusal("{\"id\": 3, \"s\": \"" + long10 + long10 + "\"}")).contains("16777216");
        assertThatThrownBy(() -> maps.insert(Map.of("id", 3, "s", long10 + long10)))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void namesOfFieldsMayBeAnyText() {
        load("{\"id\": 1, \"\": 1, \"a.b\": 2, \"\\u0000\": 3, \"" + "n".repeat(100_000) + "\": 4}");
        assertThat(maps.get(1).orElseThrow()).hasSize(5).containsEntry("", 1).containsEntry("\0", 3);
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Double value ? BigDecimal.valueOf(value) : new BigDecimal(number.toString());
    }

    private static String nested(int arrays) {
        return "[".repeat(arrays) + "]".repeat(arrays);
    }

    private ImportReport load(String line) {
        return JsonImport.into(store, "c").from(stream(line), JsonFormat.LINES);
    }

    /** Why a document is refused, in a line and in an array alike. */
    private String refusal(String document) {
        JsonImport into = JsonImport.into(store, "c").withRejectionsMax(1);
        long before = maps.count();
        ImportReport line = into.from(stream(document), JsonFormat.LINES);
        assertThat(line.rejected()).isEqualTo(1);
        assertThat(line.rejections().get(0).line()).isEqualTo(1);
        String reason = line.rejections().get(0).reason();
        if (!reason.contains("not JSON")) {
            ImportReport array = into.withDuplicates(DuplicatePolicy.REPLACE)
                    .from(stream("[{\"id\": \"before\"}, " + document + ", {\"id\": \"after\"}]"), JsonFormat.ARRAY);
            assertThat(array.stored()).isEqualTo(2);
            assertThat(array.rejections().get(0).reason()).isEqualTo(reason);
            maps.delete("before");
            maps.delete("after");
        }
        assertThat(maps.count()).isEqualTo(before);
        return reason;
    }

    private String export() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonExport.of(store, "c").to(bytes, JsonFormat.LINES);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
