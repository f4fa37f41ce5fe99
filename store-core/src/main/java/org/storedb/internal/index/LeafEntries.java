package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * Successive entries of one leaf of a tree, in the direction of the cursor that returned them. Like the tree they never
 * change. Safe for use by many threads.
 */
public final class LeafEntries<V> {

    private final ValueLayout<V> layout;
    private final Leaf leaf;
    private final int first;
    private final int step;
    private final int count;

    LeafEntries(ValueLayout<V> layout, Leaf leaf, int first, int step, int count) {
        this.layout = layout;
        this.leaf = leaf;
        this.first = first;
        this.step = step;
        this.count = count;
    }

    /** Returns the number of entries. */
    public int count() {
        return count;
    }

    /** Returns the position of an entry among {@link #whole all entries} of the leaf. */
    public int position(int index) {
        return first + step * index;
    }

    /** Returns the key of an entry, in an array owned by the caller. */
    public byte[] key(int index) {
        return leaf.key(position(index));
    }

    /** Returns the value of an entry. */
    public V value(int index) {
        return leaf.value(position(index), layout);
    }

    /** Stores the keys and the words of the values of {@code entries} entries from {@code index} on. */
    public void copy(int index, int entries, byte[][] keys, long[] words) {
        leaf.copyEntries(position(index), step, entries, layout.words(), keys, words, 0);
    }

    /** Returns all entries of the leaf, ascending. */
    public LeafEntries<V> whole() {
        return new LeafEntries<>(layout, leaf, 0, 1, leaf.keyCount());
    }

    /**
     * Returns what is attached to the leaf, or {@code null}. Another thread may not see at once what was attached, nor
     * what was done to it before: its fields have to be final or volatile.
     */
    public @Nullable LeafAttachment attachment() {
        return leaf.attachment();
    }

    /**
     * Attaches something to the leaf, instead of what was attached. The next version of the leaf will not have it, so it
     * may depend on the entries.
     */
    public void attach(LeafAttachment attachment) {
        leaf.attach(attachment);
    }
}
