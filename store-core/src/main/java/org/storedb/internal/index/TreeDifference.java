package org.storedb.internal.index;

import java.util.Arrays;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries in which two trees differ, in ascending key order. Nodes that both trees share are skipped: the
 * cost is that of the nodes that differ, however large the trees are. It is positioned before the first difference
 * until {@link #next} is called. For one thread.
 */
public final class TreeDifference<V> {

    private final Walk<V> before;
    private final Walk<V> after;
    private final BiPredicate<V, V> sameValue;
    private byte[] key = {};
    private @Nullable V removed;
    private @Nullable V added;
    private long visitedNodes;

    private TreeDifference(
            ValueLayout<V> layout, CountedTree<V> before, CountedTree<V> after, BiPredicate<V, V> sameValue) {
        this.before = new Walk<>(layout, before.root());
        this.after = new Walk<>(layout, after.root());
        this.sameValue = sameValue;
    }

    /**
     * Returns what must change in {@code before} to make it {@code after}; cheap if one is a later version of the
     * other.
     *
     * @param layout the layout of the values of both trees
     * @param sameValue which values of the same key are no difference
     */
    public static <V> TreeDifference<V> between(
            ValueLayout<V> layout, CountedTree<V> before, CountedTree<V> after, BiPredicate<V, V> sameValue) {
        return new TreeDifference<>(layout, before, after, sameValue);
    }

    /** Moves to the next difference; returns false if there is none. */
    public boolean next() {
        while (true) {
            passOverShared();
            int order = before.compareTo(after);
            if (order == 0 && before.isAtEnd()) {
                return false;
            }
            key = order <= 0 ? before.key() : after.key();
            removed = order <= 0 ? before.take() : null;
            added = order >= 0 ? after.take() : null;
            if (removed == null || added == null || !sameValue.test(removed, added)) {
                return true;
            }
        }
    }

    /** Returns the key of this difference, in an array owned by the caller. */
    public byte[] key() {
        return key;
    }

    /** Returns the value that only the earlier tree has; {@code null} if it has none under this key. */
    public @Nullable V removed() {
        return removed;
    }

    /** Returns the value that only the later tree has; {@code null} if it has none under this key. */
    public @Nullable V added() {
        return added;
    }

    /** Returns how many nodes were visited so far. */
    long visitedNodes() {
        return visitedNodes;
    }

    /** Skips identical nodes, and descends to the leaves where they differ. */
    private void passOverShared() {
        while (true) {
            if (before.node != null && before.node == after.node && before.index == after.index) {
                before.leave();
                after.leave();
                continue;
            }
            int height = Math.max(before.height(), after.height());
            if (height <= 0) {
                return;
            }
            visitedNodes++;
            before.descendFrom(height);
            after.descendFrom(height);
        }
    }

    /**
     * A position in one of the trees: before an entry of a leaf, before all entries of a higher node, or at the end.
     */
    private static final class Walk<V> {

        private final ValueLayout<V> layout;
        private final @Nullable Inner[] parents;
        private final int[] childIndexes;
        private @Nullable Node node;
        private int index;

        Walk(ValueLayout<V> layout, Node root) {
            this.layout = layout;
            this.parents = new Inner[root.height() + 1];
            this.childIndexes = new int[root.height() + 1];
            this.node = root.size() == 0 ? null : root;
        }

        boolean isAtEnd() {
            return node == null;
        }

        int height() {
            return node == null ? -1 : node.height();
        }

        byte[] key() {
            return leaf().key(index);
        }

        /** Compares the order of the next entries; the end comes after all. */
        int compareTo(Walk<V> other) {
            if (isAtEnd() || other.isAtEnd()) {
                return Boolean.compare(isAtEnd(), other.isAtEnd());
            }
            return Arrays.compareUnsigned(key(), other.key());
        }

        /** Returns the value of the next entry, and moves past it. */
        V take() {
            Leaf leaf = leaf();
            V value = leaf.value(index, layout);
            index++;
            if (index == leaf.keyCount()) {
                leave();
            }
            return value;
        }

        void descendFrom(int height) {
            if (node instanceof Inner inner && inner.height() == height) {
                enter(inner, 0);
            }
        }

        /** Moves past the node to the next one, at any height. */
        void leave() {
            int height = height();
            Inner parent = parents[height];
            while (parent != null && childIndexes[height] + 1 == parent.childCount()) {
                height = parent.height();
                parent = parents[height];
            }
            if (parent == null) {
                node = null;
            } else {
                enter(parent, childIndexes[height] + 1);
            }
        }

        private void enter(Inner parent, int child) {
            Node entered = parent.child(child);
            parents[entered.height()] = parent;
            childIndexes[entered.height()] = child;
            node = entered;
            index = 0;
        }

        private Leaf leaf() {
            if (node instanceof Leaf leaf) {
                return leaf;
            }
            throw new IllegalStateException("the walk is not in a leaf");
        }
    }
}
