package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentWriter;

class SpareEncoderTests {

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();
    private final SpareEncoder spare = new SpareEncoder(dictionary, DocumentBounds.WIDEST);
    private final List<DocumentWriter> used = new ArrayList<>();

    @Test
    void oneEncoderWritesAllDocuments() {
        assertThat(encode(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        assertThat(encode(Map.of("b", "two"))).isEqualTo(Map.of("b", "two"));
        assertThat(used.get(1)).isSameAs(used.get(0));
    }

    @Test
    void documentThatIsEncodedWhileAnotherOneIsHasAnEncoderOfItsOwn() {
        byte[] outer = spare.encode(writer -> {
            writer.startObject();
            writer.name("inner");
            writer.writeLong(encode(Map.of("a", 1, "b", 2)).size());
            writer.endObject();
        });
        assertThat(decoded(outer)).isEqualTo(Map.of("inner", 2));
        assertThat(encode(Map.of("c", 3))).isEqualTo(Map.of("c", 3));
    }

    @Test
    void failureLeavesNothingToTheNextDocument() {
        encode(Map.of("a", 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> spare.encode(writer -> {
                    writer.startObject();
                    writer.name("half");
                    throw new IllegalStateException("no more");
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> spare.encode(DocumentWriter::startObject))
                .withMessage("The document is not complete");
        assertThat(encode(Map.of("b", 2))).isEqualTo(Map.of("b", 2));
    }

    @Test
    void encoderThatALargeDocumentHasMadeGrowIsNotKept() {
        encode(Map.of("a", "x".repeat(100_000)));
        encode(Map.of("a", 1));
        assertThat(used.get(1)).isNotSameAs(used.get(0));
    }

    private Map<?, ?> encode(Map<String, ?> document) {
        return decoded(spare.encode(writer -> {
            used.add(writer);
            writer.writeValue(document);
        }));
    }

    private Map<?, ?> decoded(byte[] document) {
        return (Map<?, ?>) Objects.requireNonNull(
                EncodedValue.document(document, dictionary).toObject());
    }
}
