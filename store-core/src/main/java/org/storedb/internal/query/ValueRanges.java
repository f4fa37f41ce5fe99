package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeRange;

/** Determines which values the keys of a path have, if they are few. */
final class ValueRanges {

    /** More values than this are many. */
    static final int VALUES_MAX = 32;

    private ValueRanges() {}

    /**
     * Returns a range for each value, or combination of values, in an index path; {@code null} if these are many,
     * judging by the first of them. Costs a lookup in the tree for each.
     */
    static @Nullable List<TreeRange> of(CountedTree<?> tree, AccessPath path) {
        List<TreeRange> values = new ArrayList<>();
        if (path.ranges().size() > VALUES_MAX) {
            return null;
        }
        for (TreeRange range : path.ranges()) {
            TreeRange rest = range;
            for (TreeRange first = first(tree, rest, path); first != null; first = first(tree, rest, path)) {
                boolean many = values.isEmpty() && path.rows() / VALUES_MAX > tree.count(first);
                if (many || values.size() == VALUES_MAX) {
                    return null;
                }
                values.add(first);
                rest = new TreeRange(first.to(), range.to());
            }
        }
        return values;
    }

    /** Returns the part of a range that has the value of its first key; {@code null} if there is no key. */
    private static @Nullable TreeRange first(CountedTree<?> tree, TreeRange range, AccessPath path) {
        byte[] key = tree.firstKey(range);
        if (key == null) {
            return null;
        }
        byte[] value = Arrays.copyOf(key, IndexKeys.idPosition(key, path.indexFieldCount()));
        return Position.intersection(TreeRange.prefix(value), range);
    }
}
