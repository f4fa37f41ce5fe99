package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.internal.transaction.RecordPointer;

/**
 * Sorts matches by a key and keeps no more of them than a slice needs. What is kept of a match is its sort key, its record
 * key and the place of its record: documents are read again when their turn comes, for matches can be many and documents
 * large. For one thread.
 */
final class SortedMatches {

    /** More matches than this are sorted together instead of in a heap that keeps the best ones. */
    private static final long HEAP_MAX = 100_000;

    private final Slice slice;
    private final byte @Nullable [] after;
    private final int heapSize;
    private final PriorityQueue<Match> heap = new PriorityQueue<>(Match.ORDER.reversed());
    private final List<Match> all = new ArrayList<>();

    /**
     * Sorts nothing yet.
     *
     * @param after the sort key that all matches come behind; others are left out
     */
    SortedMatches(Slice slice, byte @Nullable [] after) {
        this.after = after;
        this.slice = slice;
        this.heapSize = slice.end() <= HEAP_MAX ? (int) slice.end() : Integer.MAX_VALUE;
    }

    void add(byte[] sortKey, byte[] recordKey, @Nullable RecordPointer pointer) {
        if (after != null && Arrays.compareUnsigned(sortKey, after) <= 0) {
            return;
        }
        Match match = new Match(sortKey, recordKey, pointer);
        if (heapSize == Integer.MAX_VALUE) {
            all.add(match);
        } else if (heap.size() < heapSize) {
            heap.add(match);
        } else if (heapSize > 0 && Match.ORDER.compare(match, heap.element()) < 0) {
            heap.remove();
            heap.add(match);
        }
    }

    /** The matches in the slice, in order. */
    KeySource toSource() {
        List<Match> matches = heapSize == Integer.MAX_VALUE ? all : new ArrayList<>(heap);
        matches.sort(Match.ORDER);
        int from = (int) Math.min(slice.offset(), matches.size());
        int to = (int) Math.min(slice.end(), matches.size());
        return new Source(matches.subList(from, to).iterator());
    }

    /** A match that waits for its turn. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by its order only.
    private record Match(
            byte[] sortKey, byte[] recordKey, @Nullable RecordPointer pointer) {

        static final Comparator<Match> ORDER = (first, second) -> Arrays.compareUnsigned(first.sortKey, second.sortKey);
    }

    /** The matches, one after the other. */
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
            return current().recordKey();
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return current().pointer();
        }

        private Match current() {
            if (current == null) {
                throw new IllegalStateException("There is no match; call next() until it returns false");
            }
            return current;
        }
    }
}
