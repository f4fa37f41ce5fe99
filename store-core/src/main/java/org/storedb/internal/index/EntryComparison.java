package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * Compares the entries of two trees that may share nodes. It walks through both at once, always by the highest nodes
 * that begin at the current position; where both reach the same node, there is nothing to compare, and it continues
 * after that node.
 */
final class EntryComparison {

    private final Walk one;
    private final Walk other;
    private final SameValue sameValue;
    private long visitedNodes;

    EntryComparison(Node one, Node other, SameValue sameValue) {
        this.one = new Walk(one);
        this.other = new Walk(other);
        this.sameValue = sameValue;
    }

    /** Returns how many nodes were visited so far. */
    long visitedNodes() {
        return visitedNodes;
    }

    boolean same(TreeRange range) {
        if (one.node == other.node) {
            return true;
        }
        long remaining = one.root.count(range);
        if (remaining != other.root.count(range)) {
            return false;
        }
        one.offset = one.root.rankOfStart(range);
        other.offset = other.root.rankOfStart(range);
        while (remaining > 0) {
            long same = one.node == other.node && one.offset == other.offset ? one.left() : sameInLeaves(remaining);
            if (same < 0) {
                return false;
            }
            remaining -= same;
            if (remaining > 0) {
                one.advance(same);
                other.advance(same);
            }
        }
        return true;
    }

    /** Descends to the leaves, or compares them; returns the number of equal entries found, or -1 for a difference. */
    private long sameInLeaves(long remaining) {
        visitedNodes++;
        int height = Math.max(one.node.height(), other.node.height());
        if (height > 0) {
            one.descendFrom(height);
            other.descendFrom(height);
            return 0;
        }
        Leaf leaf = (Leaf) one.node;
        Leaf otherLeaf = (Leaf) other.node;
        int run = (int) Math.min(remaining, Math.min(one.left(), other.left()));
        for (int i = 0; i < run; i++) {
            int index = (int) one.offset + i;
            int otherIndex = (int) other.offset + i;
            if (!leaf.sameKey(index, otherLeaf, otherIndex) || !sameValue.test(leaf, index, otherLeaf, otherIndex)) {
                return -1;
            }
        }
        return run;
    }

    /** A test of whether two entries with the same key have the same value. */
    @FunctionalInterface
    interface SameValue {
        boolean test(Leaf leaf, int index, Leaf otherLeaf, int otherIndex);
    }

    /** A position in one of the trees: a node, and how many of its entries have been passed. */
    private static final class Walk {
        private final Node root;
        private final @Nullable Inner[] parents;
        private final int[] childIndexes;
        private Node node;
        private long offset;

        Walk(Node root) {
            this.root = root;
            this.parents = new Inner[root.height() + 1];
            this.childIndexes = new int[root.height() + 1];
            this.node = root;
        }

        long left() {
            return node.size() - offset;
        }

        /** Descends to the child at the position, if the node has this height. */
        void descendFrom(int height) {
            if (node.height() == height && node instanceof Inner inner) {
                int child = 0;
                while (offset >= inner.childSize(child)) {
                    offset -= inner.childSize(child);
                    child++;
                }
                enter(inner, child);
            }
        }

        /** Moves over some of the {@link #left} entries; from the end of a node to the next one, at any height. */
        void advance(long entries) {
            offset += entries;
            while (offset == node.size()) {
                Inner parent = parents[node.height()];
                if (parent == null) {
                    return;
                }
                int next = childIndexes[node.height()] + 1;
                if (next < parent.childCount()) {
                    offset = 0;
                    enter(parent, next);
                } else {
                    node = parent;
                    offset = parent.size();
                }
            }
        }

        private void enter(Inner parent, int child) {
            node = parent.child(child);
            parents[node.height()] = parent;
            childIndexes[node.height()] = child;
        }
    }
}
