package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storedb.document.IndexDefinition;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.document.IndexKeys.IndexKey;

class IndexKeysTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();
    private final IndexKeys keys = new IndexKeys(IndexDefinition.on("country", "address.city"), dictionary, 100);

    @Test
    void keysAreTheValuesThenTheId() {
        byte[] id = DocumentId.encode(17);
        IndexKey key = keys.of(document(Map.of("country", "JP", "address", Map.of("city", "Kyoto"))), id);
        assertThat(key.complete()).isTrue();
        assertThat(key.values())
                .isEqualTo(new KeyEncoder().append("JP").append("Kyoto").toBytes());
        assertThat(IndexKeys.idPosition(key.key(), 2)).isEqualTo(key.valueBytes());
        assertThat(IndexKeys.recordKey(key.key(), 2)).isEqualTo(id);
        assertThat(DocumentId.decode(key.key(), key.valueBytes())).isEqualTo(17L);
    }

    @Test
    void missingValuesCountAsNullAndNotForUniqueness() {
        IndexKey key = keys.of(document(Map.of("address", "none")), DocumentId.encode("x"));
        assertThat(key.complete()).isFalse();
        assertThat(key.values()).containsExactly(KeyFormat.NULL, KeyFormat.NULL);
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
