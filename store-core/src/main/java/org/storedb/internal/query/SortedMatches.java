package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.internal.transaction.RecordPointer;

/**
 * Sorts matches by a key and keeps no more of them than a slice needs. A match is kept as its sort key, its record key
 * and the location of its record. Documents that have been read are kept as well as long as they are small in total;
 * otherwise they are read again when their turn comes, since matches can be many and documents large. For one thread.
 */
final class SortedMatches {

    /** Slices that need more matches than this are sorted as a whole instead of in a heap that keeps the best ones. */
    private static final long HEAP_MAX = 100_000;

    /** Once the kept documents have more bytes than this, none are kept. */
    private static final long DOCUMENT_BYTES_MAX = 1 << 20;

    private final Slice slice;
    private final byte @Nullable [] after;
    private final int heapSize;
    private final PriorityQueue<Match> heap = new PriorityQueue<>(Match.ORDER.reversed());
    private final List<Match> all = new ArrayList<>();
    private boolean keepsDocuments = true;
    private long documentBytes;

    /**
     * Creates an empty sort.
     *
     * @param after the sort key after which all matches come; others are omitted
     */
    SortedMatches(Slice slice, byte @Nullable [] after) {
        this.after = after;
        this.slice = slice;
        this.heapSize = slice.end() <= HEAP_MAX ? (int) slice.end() : Integer.MAX_VALUE;
    }

    void add(byte[] sortKey, byte[] recordKey, @Nullable RecordPointer pointer) {
        add(new Match(sortKey, recordKey, pointer, null));
    }

    /** Adds a document that will still be the same when the sorted ones are read. */
    void add(byte[] sortKey, FoundDocument document) {
        add(new Match(sortKey, document.key(), document.pointer(), keepsDocuments ? document : null));
    }

    private void add(Match match) {
        if (after != null && Arrays.compareUnsigned(match.sortKey, after) <= 0) {
            return;
        }
        if (heapSize == Integer.MAX_VALUE) {
            all.add(match);
        } else if (heap.size() < heapSize) {
            heap.add(match);
        } else if (heapSize > 0 && Match.ORDER.compare(match, heap.element()) < 0) {
            documentBytes -= heap.remove().documentBytes();
            heap.add(match);
        } else {
            return;
        }
        documentBytes += match.documentBytes();
        if (documentBytes > DOCUMENT_BYTES_MAX) {
            forgetDocuments();
        }
    }

    private void forgetDocuments() {
        keepsDocuments = false;
        documentBytes = 0;
        heap.forEach(match -> match.document = null);
        all.forEach(match -> match.document = null);
    }

    /** Returns the matches in the slice, in order. */
    KeySource toSource() {
        return new Source(inSlice().iterator());
    }

    /**
     * Returns the documents of the matches in the slice, in order.
     *
     * @param reader reads those that are not kept
     */
    DocumentSource toDocuments(Function<KeySource, DocumentSource> reader) {
        List<Match> matches = inSlice();
        if (!keepsDocuments || matches.stream().anyMatch(match -> match.document == null)) {
            return reader.apply(new Source(matches.iterator()));
        }
        Iterator<Match> each = matches.iterator();
        return () -> each.hasNext() ? each.next().document : null;
    }

    private List<Match> inSlice() {
        List<Match> matches = heapSize == Integer.MAX_VALUE ? all : new ArrayList<>(heap);
        matches.sort(Match.ORDER);
        int from = (int) Math.min(slice.offset(), matches.size());
        int to = (int) Math.min(slice.end(), matches.size());
        return matches.subList(from, to);
    }

    /** A match that waits for its turn. */
    private static final class Match {

        static final Comparator<Match> ORDER = (first, second) -> Arrays.compareUnsigned(first.sortKey, second.sortKey);

        private final byte[] sortKey;
        private final byte[] recordKey;
        private final @Nullable RecordPointer pointer;
        private @Nullable FoundDocument document;

        Match(byte[] sortKey, byte[] recordKey, @Nullable RecordPointer pointer, @Nullable FoundDocument document) {
            this.sortKey = sortKey;
            this.recordKey = recordKey;
            this.pointer = pointer;
            this.document = document;
        }

        long documentBytes() {
            return document == null ? 0 : document.document().byteCount();
        }
    }

    /** The matches, one after another. */
    private static final class Source implements KeySource {

        private final Iterator<Match> matches;
        private @Nullable Match current;

        Source(Iterator<Match> matches) {
            this.matches = matches;
        }

        @Override
        public boolean next() {
            current = matches.hasNext() ? matches.next() : null;
            return current != null;
        }

        @Override
        public byte[] recordKey() {
            return current().recordKey;
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return current().pointer;
        }

        private Match current() {
            if (current == null) {
                throw new IllegalStateException("There is no match; call next() until it returns false");
            }
            return current;
        }
    }
}
