package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MapDocumentCodecTests {

    private final MapDocumentCodec codec = new MapDocumentCodec();
    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();

    @Test
    void mapsComeBackWithTheirId() {
        Map<String, @Nullable Object> map = Map.of("name", "Ada");
        assertThat(codec.id(map)).isNull();
        EncodedValue stored = write(map, "x1");
        assertThat(codec.read(stored, 0)).isEqualTo(Map.of("id", "x1", "name", "Ada"));
        assertThat(codec.stored(map, "x1", 0)).isEqualTo(Map.of("id", "x1", "name", "Ada"));
    }

    @Test
    void theIdIsStoredInItsNormalForm() {
        Map<String, @Nullable Object> map = Map.of("id", 5, "name", "Ada");
        assertThat(codec.id(map)).isEqualTo(5);
        assertThat(write(map, 5L).field("id")).hasToString("5");
        assertThat(codec.stored(map, 5L, 0)).isSameAs(map);
    }

    /** {@code Float.toString} has another digit for the second one before Java 19. */
    @Test
    void floatsBecomeTheDoubleWithTheSameShortestText() {
        EncodedValue stored = write(Map.of("price", 0.1f, "distance", Float.parseFloat("1.506857E11")), "x");
        assertThat(codec.read(stored, 0)).containsEntry("price", 0.1).containsEntry("distance", 1.506857E11);
    }

    private EncodedValue write(Map<String, @Nullable Object> map, Object id) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        codec.write(map, id, encoder);
        return EncodedValue.document(encoder.toBytes(), dictionary);
    }
}
