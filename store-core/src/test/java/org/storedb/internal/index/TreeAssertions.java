package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Compares trees with maps. */
final class TreeAssertions {

    private TreeAssertions() {}

    static void checkEntries(CountedTree<Long> tree, NavigableMap<byte[], Long> expected) {
        assertThat(tree.size()).isEqualTo(expected.size());
        checkCursor(tree.cursor(TreeRange.all()), expected, Integer.MAX_VALUE);
        checkCursor(tree.descendingCursor(TreeRange.all()), expected.descendingMap(), Integer.MAX_VALUE);
    }

    /** Follows the cursor for {@code limit} entries at most. */
    static void checkCursor(TreeCursor<Long> cursor, NavigableMap<byte[], Long> expected, int limit) {
        int seen = 0;
        for (Map.Entry<byte[], Long> entry : expected.entrySet()) {
            if (seen++ == limit) {
                return;
            }
            assertThat(cursor.next()).isTrue();
            assertThat(Arrays.equals(cursor.key(), entry.getKey())).isTrue();
            assertThat(cursor.value()).isEqualTo(entry.getValue());
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
    }

    static NavigableMap<byte[], Long> part(NavigableMap<byte[], Long> map, TreeRange range) {
        byte[] from = range.from();
        byte[] to = range.to();
        if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
            return Collections.unmodifiableNavigableMap(new TreeMap<>(map.comparator()));
        }
        NavigableMap<byte[], Long> part = from == null ? map : map.tailMap(from, true);
        return to == null ? part : part.headMap(to, false);
    }
}
