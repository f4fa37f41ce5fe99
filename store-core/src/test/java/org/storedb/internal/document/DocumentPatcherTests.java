package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidDocumentException;

class DocumentPatcherTests {

    private final Map<String, @Nullable Object> document = new LinkedHashMap<>(Map.of("name", "Ada", "visits", 1));

    @Test
    void fieldsAreSetAndRemovedAlongTheirPaths() {
        apply(DocumentPatch.empty()
                .set("address.city", "Kyoto")
                .set("address.tags", List.of(1))
                .set("none", null)
                .unset("name")
                .unset("missing.deep"));
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("visits", 1);
        expected.put("address", Map.of("city", "Kyoto", "tags", List.of(1L)));
        expected.put("none", null);
        assertThat(document).isEqualTo(expected);
    }

    @Test
    void sumsAreExact() {
        document.put("max", Long.MAX_VALUE);
        apply(DocumentPatch.empty()
                .increment("visits", 2)
                .increment("new", 5)
                .increment("max", 1)
                .increment("price", new BigDecimal("0.10"))
                .increment("price", new BigDecimal("0.20")));
        assertThat(document)
                .containsEntry("visits", BigInteger.valueOf(3))
                .containsEntry("new", 5L)
                .containsEntry("max", BigInteger.TWO.pow(63))
                .containsEntry("price", new BigDecimal("0.30"));
    }

    @Test
    void changesThatDoNotFitAreNamed() {
        assertRefused(DocumentPatch.empty().increment("name", 1), "\"name\" cannot be incremented: it is a string");
        assertRefused(DocumentPatch.empty().set("visits.x", 1), "\"visits\" on its path is a number");
        assertRefused(DocumentPatch.empty().set("id", "other"), "cannot change the id");
        assertRefused(DocumentPatch.empty().unset("id"), "cannot change the id");
        assertRefused(DocumentPatch.empty().increment("visits", Double.NaN), "NaN");
        assertRefused(DocumentPatch.empty().set("x", new Object()), "Field \"x\"");
    }

    private void apply(DocumentPatch patch) {
        DocumentPatcher.apply(patch, document);
    }

    private void assertRefused(DocumentPatch patch, String message) {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> apply(patch))
                .withMessageContaining(message);
    }
}
