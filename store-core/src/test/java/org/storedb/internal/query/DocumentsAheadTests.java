package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.internal.document.MalformedDocumentException;
import org.storedb.internal.transaction.RecordPointer;

class DocumentsAheadTests {

    private final HeapCollection collection = new HeapCollection(new HeapFieldDictionary());

    @Test
    void documentsComeInTheOrderOfTheKeysAndThenNone() {
        for (int count : new int[] {0, 1, 2, 8, 9, 10, 40, 41, 42, 73, 100}) {
            fill(count);
            DocumentSource found = documents(keys(count));
            for (long id = count; id > 0; id--) {
                assertThat(next(found).id()).isEqualTo(id - 1);
            }
            assertThat(found.next()).isNull();
            assertThat(found.next()).isNull();
        }
    }

    @Test
    void noMoreDocumentsAreReadThanAreAskedFor() {
        fill(50);
        Keys keys = keys(50);
        DocumentSource found = documents(keys);
        assertThat(keys.taken).isZero();
        next(found);
        assertThat(keys.taken).isEqualTo(1);
        for (int number = 0; number < 9; number++) {
            next(found);
        }
        assertThat(collection.reads).isEqualTo(10);
        assertThat(keys.taken).isLessThanOrEqualTo(41);
    }

    @Test
    void aKeyWithoutARecordIsReportedWhenItsTurnComes() {
        fill(3);
        List<byte[]> all = keys(3).keys;
        all.add(2, DocumentId.encode("lost"));
        DocumentSource found = documents(new Keys(all));
        next(found);
        next(found);
        assertThatThrownBy(found::next)
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("lost");
        assertThat(next(found).id()).isEqualTo(0L);
    }

    @Test
    void keysThatWereTakenBeforeAnErrorAreNotLeftOutSilently() {
        fill(30);
        Keys keys = keys(30);
        keys.failsAfter = 12;
        DocumentSource found = documents(keys);
        for (int number = 0; number < 9; number++) {
            next(found);
        }
        assertThatThrownBy(found::next).hasMessage("no more keys");
        keys.failsAfter = Integer.MAX_VALUE;
        assertThatThrownBy(found::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run the query again");
    }

    @Test
    void aRecordThatCannotBeReadWhereItWasThoughtToBeIsReadWhereTheTreeSays() {
        fill(20);
        collection.hinted = true;
        DocumentSource found = documents(keys(20));
        for (long id = 19; id >= 0; id--) {
            assertThat(next(found).id()).isEqualTo(id);
        }
    }

    @Test
    void aRecordThatIsDamagedWhereTheTreeSaysIsReported() {
        fill(3);
        collection.unreadable = 1;
        DocumentSource found = documents(keys(3));
        next(found);
        assertThatThrownBy(found::next)
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("offset 1");
        assertThat(collection.reads).isEqualTo(2);
    }

    private DocumentSource documents(Keys keys) {
        return new DocumentsAhead(collection.view(), new KeySources(collection.view()), keys);
    }

    private static FoundDocument next(DocumentSource source) {
        return Objects.requireNonNull(source.next());
    }

    private void fill(int count) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            documents.add(new LinkedHashMap<>(Map.of("id", id, "name", "name" + id)));
        }
        collection.addAll(documents);
        collection.reads = 0;
    }

    /** The keys of the first {@code count} documents, the last one first. */
    private static Keys keys(int count) {
        List<byte[]> keys = new ArrayList<>();
        for (long id = count - 1L; id >= 0; id--) {
            keys.add(DocumentId.encode(id));
        }
        return new Keys(keys);
    }

    private static final class Keys implements KeySource {

        private final List<byte[]> keys;
        private int taken;
        private int failsAfter = Integer.MAX_VALUE;

        Keys(List<byte[]> keys) {
            this.keys = keys;
        }

        @Override
        public boolean next() {
            if (taken == failsAfter) {
                throw new IllegalArgumentException("no more keys");
            }
            taken++;
            return taken <= keys.size();
        }

        @Override
        public byte[] recordKey() {
            return keys.get(taken - 1);
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return null;
        }
    }
}
