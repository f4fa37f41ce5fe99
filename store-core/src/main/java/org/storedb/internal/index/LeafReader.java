package org.storedb.internal.index;

import java.util.Arrays;
import java.util.function.Predicate;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Builds a tree from the leaves that a {@link LeafWriter} wrote; only the nodes above them are made anew. Whatever the
 * bytes are, the tree that comes out is well formed. For one thread, for one tree.
 */
public final class LeafReader<V> {

    private final ValueLayout<V> layout;
    private final ValueColumns columns;
    private final Predicate<V> valid;
    private final Object session = new Object();
    private final TreeLevel leaves = new TreeLevel();
    private long entries;

    /**
     * A reader of a tree whose values have this layout.
     *
     * @param fields how the values were taken apart
     * @param valid what each value must meet
     */
    public LeafReader(ValueLayout<V> layout, ValueFields fields, Predicate<V> valid) {
        this.layout = layout;
        this.columns = new ValueColumns(fields, layout.words());
        this.valid = valid;
    }

    /** Number of entries that were read. */
    public long entries() {
        return entries;
    }

    /**
     * Reads the next leaf.
     *
     * @throws MalformedBytesException if it is none, a key is not above all before it, or a value is not valid
     */
    public void readNext(ByteReader source) {
        Leaf leaf = Leaf.read(source, columns, session);
        byte[] first = leaf.key(0);
        if (!leaves.isEmpty() && Arrays.compareUnsigned(leaves.lastKey(), first) >= 0) {
            throw new MalformedBytesException("A leaf does not begin above the end of the one before it");
        }
        int count = leaf.keyCount();
        for (int i = 0; i < count; i++) {
            if (!valid.test(leaf.value(i, layout))) {
                throw new MalformedBytesException("Value " + i + " of a leaf is not valid: " + leaf.value(i, layout));
            }
        }
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
