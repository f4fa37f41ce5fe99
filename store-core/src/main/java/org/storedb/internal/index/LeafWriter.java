package org.storedb.internal.index;

import java.util.ArrayDeque;
import java.util.Deque;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Writes the leaves of a tree one after the other, packed; {@link LeafReader} makes a tree of them again. For one thread.
 */
public final class LeafWriter {

    private final Deque<Node> pending = new ArrayDeque<>();

    private final ValueColumns columns;

    /**
     * A writer that stands before the first leaf.
     *
     * @param fields how the values are taken apart
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
     * Adds the next leaf to {@code target}.
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
        ((Leaf) node).write(target, columns);
    }
}
