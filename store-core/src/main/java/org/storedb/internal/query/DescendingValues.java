package org.storedb.internal.query;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;

/**
 * Walks over index keys from the greatest values to the smallest, but from the smallest id to the greatest among keys
 * with the same values. Small groups of equal values are reversed in memory, large ones are read with a separate
 * cursor. A group lies within one range.
 */
final class DescendingValues {

    private static final int GROUP_IN_MEMORY_MAX = 32;

    private final CountedTree<Presence> tree;
    private final int fieldCount;
    private final TreeWalk<Presence> walk;
    private final byte[][] group = new byte[GROUP_IN_MEMORY_MAX][];
    private int groupSize;
    private @Nullable TreeCursor<Presence> largeGroup;
    private byte @Nullable [] lookahead;
    private byte[] key = {};

    DescendingValues(CountedTree<Presence> tree, List<TreeRange> ranges, int fieldCount, long skip) {
        this.tree = tree;
        this.fieldCount = fieldCount;
        long rest = skip;
        int last = ranges.size();
        while (last > 0 && rest >= tree.count(ranges.get(last - 1))) {
            rest -= tree.count(ranges.get(--last));
        }
        this.walk = new TreeWalk<>(tree, ranges.subList(0, last), false, 0);
        if (rest > 0 && last > 0) {
            skipInFirstRange(ranges.get(last - 1), rest);
        } else {
            advance();
        }
    }

    boolean next() {
        if (groupSize > 0) {
            key = group[--groupSize];
            return true;
        }
        if (largeGroup != null) {
            if (largeGroup.next()) {
                key = largeGroup.key();
                return true;
            }
            largeGroup = null;
            advance();
        }
        return readGroup() && next();
    }

    byte[] key() {
        return key;
    }

    /** Skips fewer entries than the range has, beginning within the group in which the skip ends. */
    private void skipInFirstRange(TreeRange range, long skip) {
        walk.next();
        long start = TreeWalk.startRank(tree, range);
        long end = start + tree.count(range);
        byte[] values = valuesOf(TreeWalk.keyAt(tree, end - 1 - skip));
        TreeRange groupRange = TreeRange.prefix(values);
        long groupStart = tree.rank(values);
        long above = end - (groupStart + tree.count(groupRange));
        byte[] first = TreeWalk.keyAt(tree, groupStart + skip - above);
        largeGroup = tree.cursor(new TreeRange(first, groupRange.to()));
        walk.continueBelow(values);
    }

    private boolean readGroup() {
        byte[] first = lookahead;
        if (first == null) {
            return false;
        }
        byte[] values = valuesOf(first);
        do {
            if (groupSize == GROUP_IN_MEMORY_MAX) {
                groupSize = 0;
                largeGroup = tree.cursor(TreeRange.prefix(values));
                walk.continueBelow(values);
                return true;
            }
            group[groupSize++] = lookahead;
            advance();
        } while (lookahead != null && startsWith(lookahead, values));
        return true;
    }

    private void advance() {
        lookahead = walk.next() ? walk.key() : null;
    }

    private byte[] valuesOf(byte[] indexKey) {
        return Arrays.copyOf(indexKey, IndexKeys.idPosition(indexKey, fieldCount));
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
