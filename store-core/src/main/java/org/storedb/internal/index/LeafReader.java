package org.storedb.internal.index;

import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Builds a tree from the leaves that a {@link LeafWriter} wrote; only the nodes above them are made anew. Whatever the
 * bytes are, the tree that comes out is well formed. For one thread, for one tree.
 */
public final class LeafReader<V> {

    private final ValueLayout<V> layout;
    private final ValueColumns columns;
    private final Object session = new Object();
    private final TreeLevel leaves = new TreeLevel();
    private long entries;

    /**
     * A reader of a tree whose values have this layout.
     *
     * @param fields how the values were taken apart
     */
    public LeafReader(ValueLayout<V> layout, ValueFields fields) {
        this.layout = layout;
        this.columns = new ValueColumns(fields, layout.words());
    }

    /** Number of entries that were read. */
    public long entries() {
        return entries;
    }

    /**
     * Reads the next leaf.
     *
     * @throws MalformedBytesException if it is none, a key is not above all before it, or a value is impossible
     */
    public void readNext(ByteReader source) {
        Leaf leaf = Leaf.read(source, columns, session);
        byte[] first = leaf.key(0);
        if (!leaves.isEmpty() && Arrays.compareUnsigned(leaves.lastKey(), first) >= 0) {
            throw new MalformedBytesException("A leaf does not begin above the end of the one before it");
        }
        int count = leaf.keyCount();
        byte[] last = leaf.key(count - 1);
        if (!leaves.mergeSmall(first, last, leaf, session)) {
            leaves.add(first, last, leaf);
        }
        entries += count;
    }

    /** The tree of all leaves read. The reader is used up then. */
    public CountedTree<V> build() {
        return leaves.isEmpty() ? CountedTree.empty(layout) : new CountedTree<>(layout, leaves.root(session));
    }
}
