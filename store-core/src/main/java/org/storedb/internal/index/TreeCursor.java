package org.storedb.internal.index;

/**
 * Walks over entries of one tree in one direction. It stands before the first until {@link #next} is called. For one
 * thread.
 */
public final class TreeCursor<V> {

    private final ValueLayout<V> layout;
    private final TreePath path;
    private final boolean ascending;
    private long nextRank;
    private long remaining;
    private boolean atEntry;
    /** Whether the next entry is beside the one where the path is, and need not be looked up. */
    private boolean nextIsNeighbour;

    private TreeCursor(ValueLayout<V> layout, Node root, long firstRank, long entries, boolean ascending) {
        this.layout = layout;
        this.path = new TreePath(root);
        this.ascending = ascending;
        this.nextRank = firstRank;
        this.remaining = entries;
    }

    /** A cursor over the entries from rank {@code from} up to, but without, rank {@code to}. */
    static <V> TreeCursor<V> ascending(ValueLayout<V> layout, Node root, long from, long to) {
        return new TreeCursor<>(layout, root, from, Math.max(0, to - from), true);
    }

    /** The same entries from the last to the first. */
    static <V> TreeCursor<V> descending(ValueLayout<V> layout, Node root, long from, long to) {
        return new TreeCursor<>(layout, root, to - 1, Math.max(0, to - from), false);
    }

    /** Moves to the next entry; false if there is none. */
    public boolean next() {
        atEntry = remaining > 0;
        if (!atEntry) {
            return false;
        }
        if (!nextIsNeighbour) {
            path.select(nextRank);
        } else if (ascending) {
            path.moveUp();
        } else {
            path.moveDown();
        }
        passOver(1);
        nextIsNeighbour = true;
        return true;
    }

    /**
     * Passes over so many of the entries to come, or all if there are fewer; costs as much as a look-up. The cursor stands
     * before an entry then, as it did at first.
     *
     * @throws IllegalArgumentException if {@code entries} is negative
     */
    public void skip(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("cannot skip " + entries + " entries; give 0 or more");
        }
        passOver(Math.min(entries, remaining));
        nextIsNeighbour = false;
        atEntry = false;
    }

    private void passOver(long entries) {
        remaining -= entries;
        nextRank += ascending ? entries : -entries;
    }

    /** How many entries {@link #next} has yet to come to. */
    public long remaining() {
        return remaining;
    }

    /**
     * The key of this entry, in an array of the caller's own.
     *
     * @throws IllegalStateException unless {@link #next} has just returned true
     */
    public byte[] key() {
        requireEntry();
        return path.leaf().keys().key(path.index());
    }

    /**
     * The value of this entry.
     *
     * @throws IllegalStateException unless {@link #next} has just returned true
     */
    public V value() {
        requireEntry();
        return path.leaf().value(path.index(), layout);
    }

    private void requireEntry() {
        if (!atEntry) {
            throw new IllegalStateException("the cursor is not at an entry; call next() until it returns false");
        }
    }
}
