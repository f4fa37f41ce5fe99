package org.storedb.internal.index;

import java.util.Arrays;

/** Builds a tree bottom-up from entries in ascending key order. For one thread, for one tree. */
public final class TreeBuilder<V> {

    /** Some room is left, so that the first additional entries do not split every node. */
    private static final int LEAF_ENTRIES = Leaf.ENTRIES_MAX * 7 / 8;

    private final ValueLayout<V> layout;
    private final Object session = new Object();
    /** Entries without a leaf yet; enough are held back to keep the last leaf from being small. */
    private final byte[][] keys = new byte[LEAF_ENTRIES + Leaf.ENTRIES_MIN][];

    private final long[] words;
    private int pending;
    private long pendingKeyBytes;
    private byte[] last = {};
    private byte[] lastOfLeaf = {};
    private final TreeLevel leaves = new TreeLevel();

    public TreeBuilder(ValueLayout<V> layout) {
        this.layout = layout;
        this.words = new long[keys.length * layout.words()];
    }

    /**
     * Adds the next entry; the key's bytes are copied.
     *
     * @throws IllegalArgumentException if {@code key} is not above the last one, or longer than
     *     {@link CountedTree#KEY_BYTES_MAX}
     */
    public void add(byte[] key, V value) {
        KeyLength.check(key);
        boolean first = pending == 0 && leaves.isEmpty();
        if (!first && Arrays.compareUnsigned(last, key) >= 0) {
            throw new IllegalArgumentException("the key is not greater than the previous one; sort the entries first");
        }
        if (pending == keys.length) {
            addLeaf(0, LEAF_ENTRIES);
            keep(LEAF_ENTRIES);
        }
        if (wouldBeTooLong(key)) {
            addLeaves();
        }
        last = key.clone();
        layout.write(value, words, pending * layout.words());
        keys[pending++] = last;
        pendingKeyBytes += last.length;
    }

    private boolean wouldBeTooLong(byte[] key) {
        long all = pendingKeyBytes + key.length;
        if (pending < Leaf.LONG_ENTRIES_MAX || all <= Leaf.KEY_BYTES_MAX) {
            return false;
        }
        long shared = PackedKeys.commonPrefixBytes(keys[0], key);
        return all - shared * (pending + 1) > Leaf.KEY_BYTES_MAX;
    }

    private void addLeaves() {
        if (pending > Leaf.ENTRIES_MAX) {
            addLeaf(0, pending / 2);
            addLeaf(pending / 2, pending);
        } else if (pending > 0) {
            addLeaf(0, pending);
        }
        keep(pending);
    }

    private void addLeaf(int from, int to) {
        byte[] separator = leaves.isEmpty() ? keys[from] : SplitPoint.separator(lastOfLeaf, keys[from]);
        leaves.add(separator, Leaf.of(keys, words, from, to, layout.words(), session));
        lastOfLeaf = keys[to - 1];
    }

    /** Drops the pending entries before {@code from}. */
    private void keep(int from) {
        for (int i = 0; i < from; i++) {
            pendingKeyBytes -= keys[i].length;
        }
        pending -= from;
        System.arraycopy(keys, from, keys, 0, pending);
        System.arraycopy(words, from * layout.words(), words, 0, pending * layout.words());
    }

    /** Returns the tree of all entries added. The builder cannot be used afterwards. */
    public CountedTree<V> build() {
        addLeaves();
        return leaves.isEmpty() ? CountedTree.empty(layout) : new CountedTree<>(layout, leaves.root(session));
    }
}
