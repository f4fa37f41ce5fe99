package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/** A position in a tree, at an entry or right beside one, and the path from the root to it. */
final class TreePath {

    private final Node root;
    private final Inner[] inners;
    private final int[] childIndexes;
    private Leaf leaf;
    private int index;

    TreePath(Node root) {
        this.root = root;
        this.inners = new Inner[root.height()];
        this.childIndexes = new int[root.height()];
        this.leaf = descend(root, true);
    }

    Leaf leaf() {
        return leaf;
    }

    int index() {
        return index;
    }

    /**
     * Moves to the entry before the first one whose key is not below {@code key}, or before all; {@link #moveUp} then
     * moves to that first one.
     *
     * @param key {@code null} for the position before all
     * @return how many entries have smaller keys
     */
    long moveBefore(byte @Nullable [] key) {
        long rank = moveTo(key, 0);
        index--;
        return rank;
    }

    /**
     * Returns how many entries have keys below {@code to}. It is known at once if the first entry not below it is in
     * this leaf.
     *
     * @param to not below the key that {@link #moveBefore} was called with; {@code null} for all entries
     * @param before how many entries precede the one after this one
     */
    long rankOfEnd(byte @Nullable [] to, long before) {
        if (to == null) {
            return root.size();
        }
        int end = leaf.firstNotBelow(to);
        return end < leaf.keyCount() ? before + end - (index + 1) : root.rank(to);
    }

    /**
     * Moves to the first entry whose key is not below {@code key}, or after all; {@link #moveDown} then moves to the
     * one before.
     *
     * @param key {@code null} for the position after all
     * @return how many entries have smaller keys
     */
    long moveBehind(byte @Nullable [] key) {
        return moveTo(key, Integer.MAX_VALUE);
    }

    /** Moves to the position of {@code key}, or to the first or last child everywhere. */
    private long moveTo(byte @Nullable [] key, int otherwise) {
        long rank = 0;
        Node node = root;
        while (node instanceof Inner inner) {
            int child = key == null ? Math.min(otherwise, inner.childCount() - 1) : inner.childIndex(key);
            rank += inner.sizeBefore(child);
            node = enter(inner, child);
        }
        leaf = (Leaf) node;
        index = key == null ? Math.min(otherwise, leaf.keyCount()) : leaf.firstNotBelow(key);
        return rank + index;
    }

    /** Moves to the entry of this rank: the number of entries before it. */
    void select(long rank) {
        Node node = root;
        long rest = rank;
        while (node instanceof Inner inner) {
            int child = 0;
            while (rest >= inner.childSize(child)) {
                rest -= inner.childSize(child);
                child++;
            }
            node = enter(inner, child);
        }
        leaf = (Leaf) node;
        index = (int) rest;
    }

    /** Moves to the entry with the next higher key, which must exist. */
    void moveUp() {
        index++;
        if (index < leaf.keyCount()) {
            return;
        }
        int level = 0;
        while (childIndexes[level] + 1 == inners[level].childCount()) {
            level++;
        }
        leaf = descend(enter(inners[level], childIndexes[level] + 1), true);
        index = 0;
    }

    /** Moves to the entry with the next lower key, which must exist. */
    void moveDown() {
        index--;
        if (index >= 0) {
            return;
        }
        int level = 0;
        while (childIndexes[level] == 0) {
            level++;
        }
        leaf = descend(enter(inners[level], childIndexes[level] - 1), false);
        index = leaf.keyCount() - 1;
    }

    /** Returns how many entries the leaf has from this one on, inclusive, in one direction. */
    int entriesInLeaf(boolean ascending) {
        return ascending ? leaf.keyCount() - index : index + 1;
    }

    /** Moves to another entry of the leaf, this many above this one. */
    void moveInLeaf(int entries) {
        index += entries;
    }

    private Node enter(Inner inner, int child) {
        inners[inner.height() - 1] = inner;
        childIndexes[inner.height() - 1] = child;
        return inner.child(child);
    }

    private Leaf descend(Node from, boolean first) {
        Node node = from;
        while (node instanceof Inner inner) {
            node = enter(inner, first ? 0 : inner.childCount() - 1);
        }
        return (Leaf) node;
    }
}
