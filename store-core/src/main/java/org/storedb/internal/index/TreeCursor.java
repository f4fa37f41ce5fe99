package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * Walks over entries of one tree in one direction. It is positioned before the first until {@link #next} is called. For
 * one thread.
 */
public final class TreeCursor<V> {

    private final ValueLayout<V> layout;
    private final TreePath path;
    private final boolean ascending;
    private long nextRank;
    private long remaining;
    private boolean atEntry;
    /** Whether the next entry is beside the one at the path, and need not be looked up. */
    private boolean nextIsNeighbour;

    private TreeCursor(ValueLayout<V> layout, TreePath path, boolean ascending) {
        this.layout = layout;
        this.path = path;
        this.ascending = ascending;
    }

    /** Returns a cursor over the entries of {@code range}. */
    static <V> TreeCursor<V> ascending(ValueLayout<V> layout, Node root, TreeRange range) {
        TreeCursor<V> cursor = new TreeCursor<>(layout, new TreePath(root), true);
        long first = cursor.path.moveBefore(range.from());
        return cursor.begin(first, cursor.path.rankOfEnd(range.to(), first) - first, true);
    }

    /** Returns the first key of {@code range}, or {@code null} if there is none. */
    static byte @Nullable [] firstKey(Node root, TreeRange range) {
        byte[] from = range.from();
        if (from != null) {
            Leaf leaf = root.leafFor(from);
            int first = leaf.firstNotBelow(from);
            if (first < leaf.keyCount()) {
                byte[] key = leaf.key(first);
                return range.contains(key) ? key : null;
            }
        }
        TreePath path = new TreePath(root); // The key is the first of another leaf.
        if (path.moveBefore(from) == root.size()) {
            return null;
        }
        path.moveUp();
        byte[] key = path.leaf().key(path.index());
        return range.contains(key) ? key : null;
    }

    /** Returns a cursor over the same entries from the last to the first. */
    static <V> TreeCursor<V> descending(ValueLayout<V> layout, Node root, TreeRange range) {
        TreeCursor<V> cursor = new TreeCursor<>(layout, new TreePath(root), false);
        long end = cursor.path.moveBehind(range.to());
        return cursor.begin(end - 1, end - root.rankOfStart(range), true);
    }

    /** Returns a cursor over all entries from rank {@code first} on. */
    static <V> TreeCursor<V> from(ValueLayout<V> layout, Node root, long first) {
        return new TreeCursor<V>(layout, new TreePath(root), true).begin(first, root.size() - first, false);
    }

    private TreeCursor<V> begin(long firstRank, long entries, boolean firstIsNeighbour) {
        nextRank = firstRank;
        remaining = Math.max(0, entries);
        nextIsNeighbour = firstIsNeighbour;
        return this;
    }

    /** Moves to the next entry; returns false if there is none. */
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
     * Moves over as many entries as there is room for keys, or all that are left, storing what {@link #key} returns for
     * each, and the words of the value. The cursor is then at the last of them, if there was any.
     *
     * @param words room for the words of a value for each key
     * @return the number of entries
     */
    public int next(byte[][] keys, long[] words) {
        int wanted = (int) Math.min(keys.length, remaining);
        int found = 0;
        while (found < wanted && next()) {
            int inLeaf = Math.min(wanted - found, path.entriesInLeaf(ascending));
            path.leaf().copyEntries(path.index(), ascending ? 1 : -1, inLeaf, layout.words(), keys, words, found);
            path.moveInLeaf(ascending ? inLeaf - 1 : 1 - inLeaf);
            passOver(inLeaf - 1);
            found += inLeaf;
        }
        atEntry = found > 0;
        return found;
    }

    /**
     * Moves over all remaining entries of the next leaf that has any; returns them, or {@code null} if there are none.
     * The cursor is then at the last of them.
     */
    public @Nullable LeafEntries<V> nextInLeaf() {
        if (!next()) {
            return null;
        }
        int step = ascending ? 1 : -1;
        int first = path.index();
        int count = (int) Math.min(path.entriesInLeaf(ascending), remaining + 1);
        path.moveInLeaf(step * (count - 1));
        passOver(count - 1);
        return new LeafEntries<>(layout, path.leaf(), first, step, count);
    }

    /**
     * Skips this many of the remaining entries, or all if there are fewer; costs as much as a lookup. The cursor is
     * then positioned before an entry, as it was initially.
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

    /** Returns how many entries {@link #next} has yet to visit. */
    public long remaining() {
        return remaining;
    }

    /**
     * Returns the key of this entry, in an array owned by the caller.
     *
     * @throws IllegalStateException unless {@link #next} has just returned true
     */
    public byte[] key() {
        requireEntry();
        return path.leaf().key(path.index());
    }

    /**
     * Returns the value of this entry.
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
