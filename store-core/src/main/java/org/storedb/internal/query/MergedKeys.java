package org.storedb.internal.query;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;

/**
 * The record keys in several ranges of an index by id, fetched on demand. In each range all entries have the same
 * values, so it is in the order of the ids. For one thread.
 */
final class MergedKeys implements KeySource {

    private static final Comparator<Walk> BY_ID =
            (first, second) -> Arrays.compareUnsigned(first.recordKey, second.recordKey);

    private final PriorityQueue<Walk> walks = new PriorityQueue<>(BY_ID);
    private byte[] recordKey = {};

    MergedKeys(CountedTree<?> tree, List<TreeRange> ranges, int fieldCount) {
        for (TreeRange range : ranges) {
            add(new Walk(tree, range, fieldCount));
        }
    }

    private void add(Walk walk) {
        if (walk.next()) {
            walks.add(walk);
        }
    }

    @Override
    public boolean next() {
        Walk first = walks.poll();
        if (first == null) {
            return false;
        }
        recordKey = first.recordKey;
        add(first);
        return true;
    }

    @Override
    public byte[] recordKey() {
        return recordKey;
    }

    @Override
    public @Nullable RecordPointer pointer() {
        return null;
    }

    /** The entries of one range. */
    private static final class Walk {

        private final TreeCursor<?> cursor;
        private final byte @Nullable [] end;
        private final int fieldCount;
        private byte[] recordKey = {};

        Walk(CountedTree<?> tree, TreeRange range, int fieldCount) {
            // Finding the end of the range costs a lookup, and most walks do not get that far.
            this.cursor = tree.cursor(new TreeRange(range.from(), null));
            this.end = range.to();
            this.fieldCount = fieldCount;
        }

        boolean next() {
            if (!cursor.next()) {
                return false;
            }
            byte[] key = cursor.key();
            boolean found = end == null || Arrays.compareUnsigned(key, end) < 0;
            if (found) {
                recordKey = IndexKeys.recordKey(key, fieldCount);
            }
            return found;
        }
    }
}
