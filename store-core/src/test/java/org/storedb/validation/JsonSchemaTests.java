package org.storedb.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentViolation;
import org.storedb.error.DocumentViolationException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.MissingLibraryException;
import org.storedb.maintenance.ImportReport;
import org.storedb.query.Query;
import org.storedb.transfer.JsonFormat;
import org.storedb.transfer.JsonImport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class JsonSchemaTests {

    private static final JsonSchema PLACES = JsonSchema.parse("""
            {
              "type": "object",
              "required": ["id", "name"],
              "properties": {
                "name": {"type": "string", "minLength": 1},
                "population": {"type": "integer", "minimum": 0},
                "geo": {"type": "object", "properties": {"lat": {"type": "number"}}, "additionalProperties": false},
                "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}}
              },
              "$defs": {"tag": {"type": "string", "pattern": "^[a-z]+$"}}
            }
            """);

    private final Store store = Store.openInMemory(StoreOptions.defaults().withValidator("places", PLACES));
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");

    record Place(String id, String name, long population) {}

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void documentsThatFitAreStored() {
        places.insert(Map.of(
                "id", 1, "name", "Tokyo", "population", new BigInteger("9".repeat(30)), "tags", List.of("a", "b")));
        places.save(Map.of("id", 2, "name", "Nara", "geo", Map.of("lat", new BigDecimal("34.7")), "other", true));
        store.collection("places", Place.class).insert(new Place("3", "Osaka", 5));
        store.collection("others").insert(Map.of("id", 1));
        assertThat(places.count()).isEqualTo(3);
    }

    @Test
    void allViolationsAreListedWithTheirPaths() {
        Map<String, @Nullable Object> wrong = new LinkedHashMap<>();
        wrong.put("id", 1);
        wrong.put("population", -1.5);
        wrong.put("geo", Map.of("lat", "north", "x", 1));
        wrong.put("tags", List.of("fine", "NOT", 7));
        DocumentViolationException refused =
                catchThrowableOfType(DocumentViolationException.class, () -> places.insert(wrong));
        assertThat(refused.violations())
                .extracting(DocumentViolation::path)
                .containsExactlyInAnyOrder("", "population", "population", "geo.lat", "geo", "tags[1]", "tags[2]");
        assertThat(refused)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("collection 'places'")
                .hasMessageContaining("geo.lat: ")
                .hasMessageContaining("'name'");
        assertThat(places.count()).isZero();
    }

    @Test
    void everyWriteIsChecked() {
        places.insert(Map.of("id", 1, "name", "Tokyo"));
        Map<String, @Nullable Object> wrong = Map.of("id", 1, "name", "");
        assertThatThrownBy(() -> places.save(wrong)).isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> places.replace(wrong)).isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> places.update(1, old -> wrong)).isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> places.patch(1, DocumentPatch.empty().unset("name")))
                .isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> places.insertAll(List.of(Map.of("id", 2, "name", "x"), Map.of("id", 3))))
                .isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> store.runInTransaction(transaction -> {
                    transaction.collection("places").insert(Map.of("id", 4, "name", "x"));
                    transaction.collection("places").insert(Map.of("id", 5));
                }))
                .isInstanceOf(DocumentViolationException.class);
        assertThatThrownBy(() -> store.collection("places", Place.class).insert(new Place("6", "x", -1)))
                .isInstanceOf(DocumentViolationException.class);
        assertThat(places.find(Query.all())).containsExactly(Map.of("id", 1, "name", "Tokyo"));
        ImportReport imported = JsonImport.into(store, "places")
                .withRejectionsMax(5)
                .from(
                        new ByteArrayInputStream(
                                "{\"id\": 7}\n{\"id\": 8, \"name\": \"x\"}".getBytes(StandardCharsets.UTF_8)),
                        JsonFormat.LINES);
        assertThat(imported.inserted()).isEqualTo(1);
        assertThat(imported.rejections().get(0).reason()).contains("'name'");
    }

    @Test
    void manyViolationsAreCountedInTheMessage() {
        Map<String, @Nullable Object> wrong = Map.of("id", 1, "name", "x", "tags", Collections.nCopies(50, "X"));
        DocumentViolationException refused =
                catchThrowableOfType(DocumentViolationException.class, () -> places.insert(wrong));
        assertThat(refused.violations()).hasSize(50);
        assertThat(refused).hasMessageEndingWith("and 30 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "17",
                "\"text\"",
                "{\"$ref\": \"https://example.org/other.json\"}",
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"$schema\": \"https://example.org/unknown\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/missing\"}}}"
            })
    void whatIsNoUsableSchemaIsRefusedAtOnce(String text) {
        assertThatThrownBy(() -> JsonSchema.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON Schema");
    }

    @Test
    void aMissingLibraryIsNamed() throws IOException, ReflectiveOperationException {
        URL[] withoutIt = Stream.of(JsonSchema.class, JsonNode.class, JacksonException.class, JsonCreator.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutIt, null)) {
            Method parse = loader.loadClass(JsonSchema.class.getName()).getMethod("parse", String.class);
            assertThatThrownBy(() -> parse.invoke(null, "{}"))
                    .cause()
                    .satisfies(cause ->
                            assertThat(cause.getClass().getName()).isEqualTo(MissingLibraryException.class.getName()))
                    .hasMessageContaining("com.networknt:json-schema-validator");
        }
    }

    @Test
    void olderDraftsAreKnown() {
        JsonSchema draft4 = JsonSchema.parse("""
                {"$schema": "http://json-schema.org/draft-04/schema#",
                 "properties": {"n": {"minimum": 5, "exclusiveMinimum": true}}}
                """);
        try (Store old = Store.openInMemory(StoreOptions.defaults().withValidator("c", draft4))) {
            old.collection("c").insert(Map.of("n", 6));
            assertThatThrownBy(() -> old.collection("c").insert(Map.of("n", 5)))
                    .isInstanceOf(DocumentViolationException.class)
                    .hasMessageContaining("n: ");
        }
    }

    @Test
    void anyValidatorWillDo() {
        StoreOptions options = StoreOptions.defaults()
                .withValidator(
                        "c",
                        document -> document.field("n") == null
                                ? List.of(new DocumentViolation("n", "it is missing"))
                                : List.of());
        try (Store other = Store.openInMemory(options)) {
            other.collection("c").insert(Map.of("n", 1));
            assertThatThrownBy(() -> other.collection("c").insert(Map.of("m", 1)))
                    .hasMessage("A document cannot be stored in collection 'c': n: it is missing");
        }
        assertThatThrownBy(() -> options.withValidator("no name", document -> List.of()))
                .isInstanceOf(InvalidNameException.class);
    }

    @Test
    void nestingAndFieldsCanBeBounded() {
        StoreOptions options = StoreOptions.defaults().withDocumentNestingMax(3).withDocumentFieldsMax(4);
        try (Store bounded = Store.openInMemory(options)) {
            DocumentCollection<Map<String, @Nullable Object>> documents = bounded.collection("c");
            documents.insert(Map.of("id", 1, "a", Map.of("b", List.of(1), "c", 2)));
            assertThatThrownBy(() -> documents.insert(Map.of("id", 2, "a", Map.of("b", List.of(List.of())))))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageContaining("Field \"a.b\"")
                    .hasMessageContaining("3 levels");
            assertThatThrownBy(() -> documents.insert(Map.of("id", 2, "a", Map.of("b", 1, "c", 2, "d", 3))))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("4 fields");
            assertThatThrownBy(() -> documents.patch(1, DocumentPatch.empty().set("x", 1)))
                    .isInstanceOf(LimitExceededException.class);
            assertThat(documents.count()).isEqualTo(1);
        }
        assertThatThrownBy(() -> StoreOptions.defaults().withDocumentNestingMax(501))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StoreOptions.defaults().withDocumentFieldsMax(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
