package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Verifies that a tree is well formed: order, counts, separators, heights and fill. Looks at every entry. */
final class InvariantCheck {

    /**
     * Nodes whose keys are all shorter than this are never split because of their bytes, so none has a reason to be
     * small.
     */
    private static final int SHORT_KEY_BYTES = Leaf.KEY_BYTES_MAX / (Leaf.ENTRIES_MAX + 1);

    private byte @Nullable [] last;
    private int longestKeyBytes;
    private boolean smallNeighbours;

    private InvariantCheck() {}

    static void check(Node root) {
        InvariantCheck check = new InvariantCheck();
        check.check(root, null, null, true);
        require(
                !check.smallNeighbours || check.longestKeyBytes > SHORT_KEY_BYTES,
                "two small neighbours were not merged");
    }

    private void check(Node node, byte @Nullable [] from, byte @Nullable [] to, boolean isRoot) {
        require(!node.isOverfull(), "a node is overfull");
        require(isRoot || !node.isEmpty(), "a node is empty");
        if (node instanceof Inner inner) {
            require(!isRoot || inner.childCount() > 1, "the root has one child");
            checkInner(inner, from, to);
        } else {
            checkKeys(node, from, to);
        }
    }

    private void checkInner(Inner inner, byte @Nullable [] from, byte @Nullable [] to) {
        require(inner.keyCount() == inner.childCount() - 1, "separators do not match children");
        long size = 0;
        for (int i = 0; i < inner.childCount(); i++) {
            Node child = inner.child(i);
            require(child.height() == inner.height() - 1, "a child has the wrong height");
            require(child.size() == inner.childSize(i), "a child's size is wrong");
            size += child.size();
            byte[] childFrom = i == 0 ? from : inner.key(i - 1);
            byte[] childTo = i == inner.keyCount() ? to : inner.key(i);
            check(child, childFrom, childTo, false);
            smallNeighbours |= i > 0 && wereToBeMerged(inner, i - 1);
        }
        require(size == inner.size(), "a node's size is wrong");
    }

    private static boolean wereToBeMerged(Inner inner, int index) {
        Node left = inner.child(index);
        Node right = inner.child(index + 1);
        return left.isUnderfull() && right.isUnderfull() && left.fitsWith(inner.key(index), right);
    }

    private void checkKeys(PackedKeys keys, byte @Nullable [] from, byte @Nullable [] to) {
        for (int i = 0; i < keys.keyCount(); i++) {
            byte[] key = keys.key(i);
            require(last == null || Arrays.compareUnsigned(last, key) < 0, "keys are not ascending");
            require(new TreeRange(from, to).contains(key), "a key is outside its separators");
            require(keys.find(key) == i, "a key is not found where it is");
            last = key;
            longestKeyBytes = Math.max(longestKeyBytes, key.length);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException("the tree is broken: " + otherwise);
        }
    }
}
