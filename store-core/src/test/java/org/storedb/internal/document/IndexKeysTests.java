package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.IndexKeys.IndexKey;
import org.storedb.query.Filter;

class IndexKeysTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();
    private final IndexKeys keys = new IndexKeys(IndexDefinition.on("country", "address.city"), dictionary, 100);

    @Test
    void keysAreTheValuesThenTheId() {
        byte[] id = DocumentId.encode(17);
        IndexKey key = keys.of(document(Map.of("country", "JP", "address", Map.of("city", "Kyoto"))), id)
                .get(0);
        assertThat(key.complete()).isTrue();
        assertThat(key.values())
                .isEqualTo(new KeyEncoder().append("JP").append("Kyoto").toBytes());
        assertThat(IndexKeys.idPosition(key.key(), 2)).isEqualTo(key.valueBytes());
        assertThat(IndexKeys.recordKey(key.key(), 2)).isEqualTo(id);
        assertThat(DocumentId.decode(key.key(), key.valueBytes())).isEqualTo(17L);
    }

    @Test
    void missingValuesCountAsNullAndNotForUniqueness() {
        IndexKey key = keys.of(document(Map.of("address", "none")), DocumentId.encode("x"))
                .get(0);
        assertThat(key.complete()).isFalse();
        assertThat(key.values()).containsExactly(KeyFormat.NULL, KeyFormat.NULL);
    }

    @Test
    void descendingPartsAreFlipped() {
        IndexKey key = only(IndexDefinition.on("country").descending("population"), Map.of("country", "JP"));
        byte[] flipped = new KeyEncoder().append((Object) null).invertFrom(0).toBytes();
        assertThat(key.values())
                .isEqualTo(new KeyEncoder().append("JP").appendBytes(flipped).toBytes());
        assertThat(DocumentId.decode(key.key(), IndexKeys.idPosition(key.key(), 2)))
                .isEqualTo("x");
    }

    @Test
    void caseIsFoldedInStringsOnly() {
        IndexDefinition definition = IndexDefinition.on("name").caseInsensitive();
        assertThat(only(definition, Map.of("name", "ÄB")).values()).isEqualTo(KeyEncoder.encode("äb"));
        assertThat(only(definition, Map.of("name", List.of("AB"))).values())
                .isEqualTo(KeyEncoder.encode(List.of("AB")));
        assertThat(only(definition, Map.of("name", 5)).values()).isEqualTo(KeyEncoder.encode(5));
    }

    @Test
    void eachDifferentElementHasAnEntry() {
        IndexDefinition definition = IndexDefinition.on("country").eachElementOf("tags");
        List<Object> tags = Arrays.asList("b", "a", null, "b", 1, 1.0);
        List<IndexKey> entries = of(definition, Map.of("country", "JP", "tags", tags));
        assertThat(entries).extracting(IndexKeysTests::secondValue).containsExactly(null, 1, "a", "b");
        assertThat(entries).extracting(IndexKey::complete).containsExactly(false, true, true, true);
    }

    @Test
    void withoutElementsThereIsNoEntry() {
        IndexDefinition definition = IndexDefinition.onEachElementOf("tags");
        assertThat(of(definition, Map.of("tags", List.of()))).isEmpty();
        assertThat(of(definition, Map.of("tags", "a"))).isEmpty();
        assertThat(of(definition, Map.of("other", List.of("a")))).isEmpty();
    }

    @Test
    void eachDifferentWordHasAnEntry() {
        IndexDefinition definition = IndexDefinition.on("country").wordsOf("name");
        List<IndexKey> entries = of(definition, Map.of("country", "JP", "name", "New York, new YORK 2"));
        assertThat(entries).extracting(IndexKeysTests::secondValue).containsExactly("2", "new", "york");
        assertThat(entries).allMatch(IndexKey::complete);
        assertThat(of(definition, Map.of("name", Arrays.asList("a b", 7, null, List.of("c"), "B"))))
                .extracting(IndexKeysTests::secondValue)
                .containsExactly("a", "b");
    }

    @Test
    void longWordsFitIntoKeys() {
        IndexDefinition definition = IndexDefinition.onWordsOf("name");
        IndexKey key =
                only(definition, Map.of("name", "\ud835\udc00".repeat(400))); // A mathematical letter, four bytes.
        assertThat(key.valueBytes()).isEqualTo(1 + 64 * 4 + 1);
    }

    @Test
    void withoutWordsThereIsNoEntry() {
        IndexDefinition definition = IndexDefinition.onWordsOf("name");
        assertThat(of(definition, Map.of("name", "— ❤️!"))).isEmpty();
        assertThat(of(definition, Map.of("name", 12))).isEmpty();
        assertThat(of(definition, Map.of("name", List.of()))).isEmpty();
        assertThat(of(definition, Map.of("other", "a"))).isEmpty();
    }

    @Test
    void aFilterLeavesDocumentsOut() {
        IndexDefinition definition = IndexDefinition.on("name").where(Filter.gt("age", 17));
        assertThat(of(definition, Map.of("name", "Ada", "age", 18))).hasSize(1);
        assertThat(of(definition, Map.of("name", "Bob", "age", 17))).isEmpty();
        assertThat(of(definition, Map.of("name", "Cid", "age", "18"))).isEmpty();
    }

    private static @Nullable Object secondValue(IndexKey key) {
        return new KeyDecoder(key.key()).skip().next();
    }

    private IndexKey only(IndexDefinition definition, Map<String, ?> document) {
        List<IndexKey> entries = of(definition, document);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private List<IndexKey> of(IndexDefinition definition, Map<String, ?> document) {
        return new IndexKeys(definition, dictionary, 1000).of(document(document), DocumentId.encode("x"));
    }

    @Test
    void keysOverTheLimitNameTheField() {
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> keys.of(document(Map.of("country", "x".repeat(100))), DocumentId.encode("x")))
                .withMessageContaining("\"country\"")
                .withMessageContaining("100");
    }

    @Test
    void idsAreStringsOrLongs() {
        UUID uuid = UUID.randomUUID();
        assertThat(DocumentId.normalize(uuid)).isEqualTo(uuid.toString());
        assertThat(DocumentId.normalize(5)).isEqualTo(5L);
        assertThat(DocumentId.decode(DocumentId.encode((short) -5))).isEqualTo(-5L);
        assertThat(DocumentId.decode(DocumentId.encode(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(DocumentId.decode(DocumentId.encode("é"))).isEqualTo("é");
        assertThat(Arrays.compareUnsigned(DocumentId.encode(-1), DocumentId.encode(2)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(DocumentId.encode(10), DocumentId.encode("1")))
                .isNegative();
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> DocumentId.normalize(1.5))
                .withMessageContaining("java.lang.Double");
        assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> DocumentId.normalize(null));
    }

    private EncodedValue document(Map<String, ?> document) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        encoder.writeValue(document);
        return EncodedValue.document(encoder.toBytes(), dictionary);
    }
}
