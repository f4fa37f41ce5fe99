package org.storedb.internal.index;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A persistent B+tree from byte strings, in unsigned order, to small values, that knows how many entries are below each
 * node: counting a range, and finding the n-th entry, cost as much as a lookup. A tree never changes; {@link #edit}
 * leads to the next version, which shares all untouched nodes with this one.
 *
 * <p>Safe for use by all threads, even when a reference to a tree is passed on without synchronization.
 */
public final class CountedTree<V> {

    /** Maximum length of a key. */
    public static final int KEY_BYTES_MAX = 0xFFFF;

    private final ValueLayout<V> layout;
    private final Node root;

    CountedTree(ValueLayout<V> layout, Node root) {
        this.layout = layout;
        this.root = root;
    }

    public static <V> CountedTree<V> empty(ValueLayout<V> layout) {
        return new CountedTree<>(layout, new Leaf(new Object()));
    }

    ValueLayout<V> layout() {
        return layout;
    }

    Node root() {
        return root;
    }

    public long size() {
        return root.size();
    }

    public boolean isEmpty() {
        return root.size() == 0;
    }

    public @Nullable V get(byte[] key) {
        return root.get(key, layout);
    }

    public boolean contains(byte[] key) {
        return root.contains(key);
    }

    /** Returns the number of entries with smaller keys. */
    public long rank(byte[] key) {
        return root.rank(key);
    }

    /** Returns the number of entries in {@code range}; costs as much as two lookups, or one if the range is short. */
    public long count(TreeRange range) {
        return root.count(range);
    }

    /**
     * Returns the first key of {@code range}, in an array owned by the caller; {@code null} if there is none. Costs a
     * lookup.
     */
    public byte @Nullable [] firstKey(TreeRange range) {
        return TreeCursor.firstKey(root, range);
    }

    /** Returns the entries of {@code range} in ascending order; the cursor is positioned before the first. */
    public TreeCursor<V> cursor(TreeRange range) {
        return TreeCursor.ascending(layout, root, range);
    }

    /** Returns the entries of {@code range} in descending order; the cursor is positioned before the last. */
    public TreeCursor<V> descendingCursor(TreeRange range) {
        return TreeCursor.descending(layout, root, range);
    }

    /**
     * Returns the entries in ascending order, skipping the first {@code rank} ones; none if there are no more.
     *
     * @throws IllegalArgumentException if {@code rank} is negative
     */
    public TreeCursor<V> cursorAt(long rank) {
        if (rank < 0) {
            throw new IllegalArgumentException("rank is " + rank + "; the first entry has rank 0");
        }
        return TreeCursor.from(layout, root, rank);
    }

    /** Returns an editor that starts from this version. */
    public TreeEditor<V> edit() {
        return new TreeEditor<>(layout, root);
    }

    /** Returns whether both trees have the same keys in {@code range}, with values of the same words. */
    public boolean sameEntries(CountedTree<V> other, TreeRange range) {
        return new EntryComparison(root, other.root, Leaf::sameWords).same(range);
    }

    /**
     * Returns whether both trees have the same keys in {@code range}, with the same values. Nodes that both trees share
     * are skipped: the cost is that of the nodes that differ.
     *
     * @param sameValue which values count as the same; true for values with the same words
     */
    public boolean sameEntries(CountedTree<V> other, TreeRange range, BiPredicate<V, V> sameValue) {
        return new EntryComparison(
                        root,
                        other.root,
                        (leaf, index, otherLeaf, otherIndex) ->
                                sameValue.test(leaf.value(index, layout), otherLeaf.value(otherIndex, other.layout)))
                .same(range);
    }

    /**
     * Verifies that the tree is well formed: order, counts, separators, heights and fill. Looks at every entry.
     *
     * @throws IllegalStateException if it is not well formed
     */
    public void checkInvariants() {
        InvariantCheck.check(root);
    }
}
