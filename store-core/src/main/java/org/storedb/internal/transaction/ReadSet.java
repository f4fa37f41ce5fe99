package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.TreeRange;

/**
 * The reads of a serializable transaction: keys and ranges for each tree of records, ranges for each index. Beyond a
 * bound it keeps a whole tree instead of its parts: memory stays bounded, and the worst outcome is an unnecessary
 * conflict. Not safe for use by several threads.
 */
final class ReadSet {

    private static final int PARTS_MAX = 10_000;

    private final Map<Integer, TreeReads> byTree = new HashMap<>();

    void addKey(int treeId, byte[] key) {
        byTree.computeIfAbsent(treeId, id -> new TreeReads()).addKey(key);
    }

    void addRange(int treeId, TreeRange range) {
        byTree.computeIfAbsent(treeId, id -> new TreeReads()).addRange(range);
    }

    Map<Integer, TreeReads> byTree() {
        return byTree;
    }

    /** The reads of one tree. */
    static final class TreeReads {

        private final Set<ByteKey> keys = new HashSet<>();
        private final List<TreeRange> ranges = new ArrayList<>();
        private boolean whole;

        Set<ByteKey> keys() {
            return keys;
        }

        List<TreeRange> ranges() {
            return ranges;
        }

        private void addKey(byte[] key) {
            if (!whole && keys.add(new ByteKey(key.clone()))) {
                bound();
            }
        }

        private void addRange(TreeRange range) {
            if (!whole) {
                ranges.add(range);
                bound();
            }
        }

        private void bound() {
            if (keys.size() + ranges.size() > PARTS_MAX) {
                whole = true;
                keys.clear();
                ranges.clear();
                ranges.add(TreeRange.all());
            }
        }
    }
}
