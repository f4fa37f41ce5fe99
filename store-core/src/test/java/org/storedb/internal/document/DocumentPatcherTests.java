package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
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
    void productsAreExact() {
        document.put("max", Long.MAX_VALUE);
        document.put("half", 0.5);
        apply(DocumentPatch.empty()
                .multiply("visits", 3)
                .multiply("max", 2)
                .multiply("half", 3)
                .multiply("none", 7)
                .multiply("visits", new BigDecimal("0.10")));
        assertThat(document)
                .containsEntry("visits", new BigDecimal("0.30"))
                .containsEntry("max", BigInteger.TWO.pow(64).subtract(BigInteger.TWO))
                .containsEntry("half", 1.5)
                .containsEntry("none", BigInteger.ZERO);
    }

    @Test
    void smallerAndGreaterValuesAreKept() {
        apply(DocumentPatch.empty()
                .max("visits", 5)
                .min("visits", 7.5)
                .min("name", "Ada Lovelace")
                .max("first", "2026-01-01")
                .min("first", "2025-01-01"));
        assertThat(document)
                .containsEntry("visits", 5L)
                .containsEntry("name", "Ada")
                .containsEntry("first", "2025-01-01");
    }

    @Test
    void arraysGainAndLoseElements() {
        document.put("tags", new ArrayList<>(List.of("a", 1, "b", "a")));
        apply(DocumentPatch.empty()
                .push("tags", "a")
                .addToSet("tags", 1.0)
                .addToSet("tags", "c")
                .pull("tags", "a")
                .push("new.list", List.of(1))
                .addToSet("new.set", null)
                .pull("missing.list", 1)
                .pull("other", 1));
        assertThat(document).containsEntry("tags", List.of(1, "b", "c")).doesNotContainKeys("missing", "other");
        assertThat(document.get("new")).hasToString("{list=[[1]], set=[null]}");
    }

    @Test
    void fieldsAreRenamed() {
        document.put("none", null);
        apply(DocumentPatch.empty()
                .rename("name", "person.name")
                .rename("visits", "person.visits")
                .rename("person.visits", "count")
                .rename("none", "nothing")
                .rename("missing.field", "other")
                .rename("count", "count"));
        assertThat(document).hasToString("{person={name=Ada}, nothing=null, count=1}");
    }

    @Test
    void whatIsMissingBelowSomethingElseThanAnObjectIsLeftAlone() {
        document.put("list", List.of(Map.of("x", 1)));
        Map<String, @Nullable Object> before = new LinkedHashMap<>(document);
        apply(DocumentPatch.empty()
                .unset("visits.x")
                .unset("list.x.y")
                .pull("name.x", 1)
                .rename("visits.x", "other")
                .rename("list.x", "name.deep"));
        assertThat(document).isEqualTo(before);
    }

    @Test
    void changesThatDoNotFitAreNamed() {
        document.put("list", List.of(1));
        assertRefused(DocumentPatch.empty().multiply("name", 2), "\"name\" cannot be multiplied: it is a string");
        assertRefused(DocumentPatch.empty().min("name", 2), "\"name\" is a string, which cannot be compared with");
        assertRefused(DocumentPatch.empty().push("name", 2), "\"name\" has no elements to change: it is a string");
        assertRefused(DocumentPatch.empty().pull("visits", 2), "it is a number, not an array");
        assertRefused(DocumentPatch.empty().addToSet("x", new Object()), "Field \"x\"");
        assertRefused(DocumentPatch.empty().rename("name", "name.first"), "one of the two is inside the other");
        assertRefused(DocumentPatch.empty().rename("name", "id"), "cannot change the id");
        assertRefused(DocumentPatch.empty().rename("id", "name"), "cannot change the id");
        assertRefused(DocumentPatch.empty().rename("name", "visits.x"), "\"visits\" on its path is a number");
        assertRefused(DocumentPatch.empty().multiply("visits", 1e308).multiply("visits", 1e308), "Infinity");
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
