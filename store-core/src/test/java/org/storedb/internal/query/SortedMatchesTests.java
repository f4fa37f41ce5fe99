package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.internal.transaction.RecordPointer;

class SortedMatchesTests {

    private static final int MATCHES = 500;
    private static final RecordPointer POINTER = new RecordPointer(0, 0, 1, 1);

    private final HeapFieldDictionary dictionary = new HeapFieldDictionary();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void smallDocumentsAreNotReadAgain() {
        for (Slice slice : List.of(Slice.ALL, new Slice(0, 20), new Slice(30, 20), new Slice(0, 0))) {
            assertSorted(slice, 10);
            assertThat(reads).hasValue(0);
        }
    }

    @Test
    void documentsThatAreLargeTogetherAreReadAgain() {
        assertSorted(Slice.ALL, 5_000);
        assertThat(reads).hasValue(MATCHES);
        assertSorted(new Slice(100, 300), 5_000);
        assertThat(reads).hasValue(MATCHES + 300);
    }

    @Test
    void onlyWhatIsKeptCounts() {
        assertSorted(new Slice(10, 20), 20_000); // 30 of them are less than a MiB, 500 are more.
        assertThat(reads).hasValue(0);
    }

    @Test
    void matchesWithoutTheirDocumentsAreRead() {
        SortedMatches matches = new SortedMatches(Slice.ALL, null);
        matches.add(new byte[] {2}, document(2, 10));
        matches.add(new byte[] {1}, new byte[] {1}, POINTER);
        assertThat(keys(matches)).containsExactly(1, 2);
        assertThat(reads).hasValue(2);
    }

    private void assertSorted(Slice slice, int textBytes) {
        SortedMatches matches = new SortedMatches(slice, null);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < MATCHES; number++) {
            numbers.add(number);
        }
        Collections.shuffle(numbers, new Random(3));
        for (int number : numbers) {
            matches.add(new byte[] {(byte) (number >>> 8), (byte) number}, document(number, textBytes));
        }
        int from = (int) slice.offset();
        int to = (int) Math.min(slice.end(), MATCHES);
        List<Integer> expected = new ArrayList<>();
        for (int number = from; number < to; number++) {
            expected.add(number & 0xFF);
        }
        assertThat(keys(matches)).isEqualTo(expected);
    }

    private List<Integer> keys(SortedMatches matches) {
        DocumentSource documents = matches.toDocuments(this::reading);
        List<Integer> keys = new ArrayList<>();
        for (FoundDocument found = documents.next(); found != null; found = documents.next()) {
            keys.add(found.key()[0] & 0xFF);
        }
        assertThat(documents.next()).isNull();
        return keys;
    }

    private DocumentSource reading(KeySource keys) {
        return () -> keys.next() ? read(keys.recordKey(), keys.pointer()) : null;
    }

    private FoundDocument read(byte[] key, @Nullable RecordPointer pointer) {
        assertThat(pointer).isSameAs(POINTER);
        reads.incrementAndGet();
        return document(key[0], 1);
    }

    private FoundDocument document(int number, int textBytes) {
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        encoder.startObject();
        encoder.name("text");
        encoder.writeString("x".repeat(textBytes));
        encoder.endObject();
        EncodedValue document = EncodedValue.document(encoder.toBytes(), dictionary);
        return new FoundDocument(new byte[] {(byte) number}, POINTER, 0, document);
    }
}
