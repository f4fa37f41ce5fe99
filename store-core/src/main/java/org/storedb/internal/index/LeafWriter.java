package org.storedb.internal.index;

import java.util.ArrayDeque;
import java.util.Deque;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Writes the leaves of a tree one after the other, nearly as they are in memory; {@link LeafReader} makes a tree of them
 * again. For one thread.
 */
public final class LeafWriter {

    private final Deque<Node> pending = new ArrayDeque<>();

    /** A writer that stands before the first leaf. */
    public LeafWriter(CountedTree<?> tree) {
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
        ((Leaf) node).write(target);
    }
}
