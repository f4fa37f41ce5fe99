package org.storedb.internal.query;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;

/** Walks over the entries of a tree in several ranges, in one direction, as if they were one. */
final class TreeWalk<V> {

    private final CountedTree<V> tree;
    private final List<TreeRange> ranges; // ascending
    private final boolean ascending;
    private int taken; // ranges
    private long toSkip;
    private @Nullable TreeCursor<V> cursor;

    /**
     * Creates a walk positioned before its first entry.
     *
     * @param skip how many entries to skip at the start, which costs the same for any number
     */
    TreeWalk(CountedTree<V> tree, List<TreeRange> ranges, boolean ascending, long skip) {
        this.tree = tree;
        this.ranges = ranges;
        this.ascending = ascending;
        this.toSkip = skip;
    }

    boolean next() {
        while (cursor == null || !cursor.next()) {
            cursor = nextCursor();
            if (cursor == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a cursor over the entries of the next range that are not to be skipped, or {@code null} if no range is
     * left. Whoever calls this walks with the cursors, not with {@link #next}.
     */
    @Nullable
    TreeCursor<V> nextCursor() {
        while (taken < ranges.size()) {
            TreeCursor<V> next = open(currentRange(taken++));
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    byte[] key() {
        return current().key();
    }

    V value() {
        return current().value();
    }

    /** Returns the range of the current entry. */
    TreeRange range() {
        return currentRange(taken - 1);
    }

    /** Continues downward before {@code key}, in the current range. */
    void continueBelow(byte[] key) {
        cursor = tree.descendingCursor(new TreeRange(range().from(), key));
    }

    private TreeCursor<V> current() {
        if (cursor == null) {
            throw new IllegalStateException("The walk has not begun");
        }
        return cursor;
    }

    private TreeRange currentRange(int number) {
        return ranges.get(ascending ? number : ranges.size() - 1 - number);
    }

    private @Nullable TreeCursor<V> open(TreeRange range) {
        if (toSkip == 0) {
            return ascending ? tree.cursor(range) : tree.descendingCursor(range);
        }
        long count = tree.count(range);
        if (toSkip >= count) {
            toSkip -= count;
            return null;
        }
        long skipped = toSkip;
        toSkip = 0;
        if (ascending) {
            return tree.cursor(new TreeRange(keyAt(startRank(tree, range) + skipped), range.to()));
        }
        byte[] last = keyAt(startRank(tree, range) + count - 1 - skipped);
        return tree.descendingCursor(new TreeRange(range.from(), Arrays.copyOf(last, last.length + 1)));
    }

    private byte[] keyAt(long rank) {
        return keyAt(tree, rank);
    }

    static byte[] keyAt(CountedTree<?> tree, long rank) {
        TreeCursor<?> cursor = tree.cursorAt(rank);
        if (!cursor.next()) {
            throw new IndexOutOfBoundsException("There is no entry with rank " + rank);
        }
        return cursor.key();
    }

    static long startRank(CountedTree<?> tree, TreeRange range) {
        byte[] from = range.from();
        return from == null ? 0 : tree.rank(from);
    }
}
