package org.storedb.internal.index;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Writes the leaves of a tree one after another, packed; {@link LeafReader} turns them back into a tree. For one
 * thread.
 */
public final class LeafWriter {

    private final Deque<Node> pending = new ArrayDeque<>();

    private final ValueColumns columns;
    private byte @Nullable [] lastKey;

    /**
     * Creates a writer positioned before the first leaf.
     *
     * @param fields how the values are split
     */
    public LeafWriter(CountedTree<?> tree, ValueFields fields) {
        this.columns = new ValueColumns(fields, tree.layout().words());
        if (!tree.isEmpty()) {
            pending.push(tree.root());
        }
    }

    public boolean hasNext() {
        return !pending.isEmpty();
    }

    /**
     * Adds the next leaf to {@code target}: the number of bytes that follow, the separator from the leaf before, the
     * leaf.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public void writeNext(ByteWriter target) {
        Node node = pending.pop();
        while (node instanceof Inner inner) {
            for (int i = inner.childCount() - 1; i > 0; i--) {
                pending.push(inner.child(i));
            }
            node = inner.child(0);
        }
        write((Leaf) node, target);
    }

    private void write(Leaf leaf, ByteWriter target) {
        int start = target.size();
        byte[] separator = lastKey == null ? new byte[0] : SplitPoint.separator(lastKey, leaf.key(0));
        target.putInt(0).putVarint(separator.length).putBytes(separator);
        leaf.write(target, columns);
        target.setInt(start, target.size() - start - Integer.BYTES);
        lastKey = leaf.key(leaf.keyCount() - 1);
    }
}
