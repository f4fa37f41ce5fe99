package org.storedb.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.storedb.internal.index.Node.Split;

/** Builds a tree bottom up from entries in ascending order of their keys. For one thread, for one tree. */
public final class TreeBuilder<V> {

    /** Some room is left, so that the first entries to come do not split every node. */
    private static final int LEAF_ENTRIES = Leaf.ENTRIES_MAX * 7 / 8;

    private static final int INNER_CHILDREN = Inner.CHILDREN_MAX * 7 / 8;

    private final ValueLayout<V> layout;
    private final Object session = new Object();
    /** Entries without a leaf yet; enough stay here for the last leaf not to be a small one. */
    private final byte[][] keys = new byte[LEAF_ENTRIES + Leaf.ENTRIES_MIN][];

    private final long[] words;
    private int pending;
    private long pendingKeyBytes;
    private byte[] last = {};
    private Level leaves = new Level();

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
            throw new IllegalArgumentException("the key is not above the one before it; sort the entries first");
        }
        if (pending == keys.length) {
            addLeaf(0, LEAF_ENTRIES);
            keep(LEAF_ENTRIES);
        } else if (wouldBeTooLong(key)) {
            addLeaves();
        }
        last = key.clone();
        layout.write(value, words, pending * layout.words());
        keys[pending++] = last;
        pendingKeyBytes += last.length;
    }

    private boolean wouldBeTooLong(byte[] key) {
        if (pending < Leaf.LONG_ENTRIES_MAX) {
            return false;
        }
        long shared = PackedKeys.commonPrefixBytes(keys[0], key);
        return pendingKeyBytes + key.length - shared * (pending + 1) > Leaf.KEY_BYTES_MAX;
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
        leaves.add(keys[from], Leaf.of(keys, words, from, to, layout.words(), session));
        leaves.lastKey = keys[to - 1];
    }

    /** Forgets the pending entries before {@code from}. */
    private void keep(int from) {
        for (int i = 0; i < from; i++) {
            pendingKeyBytes -= keys[i].length;
        }
        pending -= from;
        System.arraycopy(keys, from, keys, 0, pending);
        System.arraycopy(words, from * layout.words(), words, 0, pending * layout.words());
    }

    /** The tree of all entries added. The builder is used up then. */
    public CountedTree<V> build() {
        addLeaves();
        if (leaves.isEmpty()) {
            return CountedTree.empty(layout);
        }
        Level level = leaves;
        while (level.nodes.size() > 1) {
            level = level.above(session);
        }
        return new CountedTree<>(layout, level.nodes.get(0));
    }

    /** Nodes of one height from left to right, and the separators between them. */
    private static final class Level {
        private final List<Node> nodes = new ArrayList<>();
        private final List<byte[]> separators = new ArrayList<>();
        private byte[] lastKey = {};

        boolean isEmpty() {
            return nodes.isEmpty();
        }

        /** Adds a leaf that begins with {@code firstKey}. */
        void add(byte[] firstKey, Leaf leaf) {
            if (!nodes.isEmpty()) {
                separators.add(SplitPoint.separator(lastKey, firstKey));
            }
            nodes.add(leaf);
        }

        Level above(Object session) {
            Level above = new Level();
            int parents = (nodes.size() + INNER_CHILDREN - 1) / INNER_CHILDREN;
            int from = 0;
            for (int i = 1; i <= parents; i++) {
                int to = (int) ((long) nodes.size() * i / parents);
                if (from > 0) {
                    above.separators.add(separators.get(from - 1));
                }
                above.addSplitting(parent(from, to, session));
                from = to;
            }
            return above;
        }

        private Inner parent(int from, int to, Object session) {
            byte[][] between = separators.subList(from, to - 1).toArray(new byte[0][]);
            Node[] children = nodes.subList(from, to).toArray(new Node[0]);
            return Inner.of(PackedKeys.pack(between, 0, between.length, session), children, session);
        }

        /** Long separators can make a node overfull that has few children. */
        private void addSplitting(Node node) {
            if (!node.isOverfull()) {
                nodes.add(node);
                return;
            }
            Split split = node.split(false);
            addSplitting(split.left());
            separators.add(split.separator());
            addSplitting(split.right());
        }
    }
}
