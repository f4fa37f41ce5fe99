package org.storedb.internal.index;

/**
 * Walks over entries of one tree in one direction. It stands before the first until {@link #next} is called. For one
 * thread.
 */
public final class TreeCursor<V> {

    private final ValueLayout<V> layout;
    private final TreePath path;
    private final boolean ascending;
    private long remaining;
    private boolean started;

    TreeCursor(ValueLayout<V> layout, Node root, long startRank, long entries, boolean ascending) {
        this.layout = layout;
        this.path = new TreePath(root);
        this.ascending = ascending;
        this.remaining = entries;
        if (entries > 0) {
            path.select(startRank);
        }
    }

    /** Moves to the next entry; false if there is none. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        remaining--;
        if (!started) {
            started = true;
        } else if (ascending) {
            path.moveUp();
        } else {
            path.moveDown();
        }
        return true;
    }

    /** How many entries {@link #next} has yet to come to. */
    public long remaining() {
        return remaining;
    }

    /** The key of this entry, in an array of the caller's own. */
    public byte[] key() {
        return path.leaf().keys().key(path.index());
    }

    public V value() {
        return path.leaf().value(path.index(), layout);
    }
}
