package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * A node of the tree: the entries below it in key order, and their number. Its own keys are those of the entries or,
 * above the leaves, the separators of the children.
 *
 * <p>A node may be changed only by the editing session that created it; {@link #editable} copies it for any other. The
 * caller of a change checks afterwards whether the node became overfull, underfull or empty, and repairs that in its
 * parent.
 */
abstract sealed class Node extends PackedKeys implements Child permits Leaf, Inner {

    /** The editing session that created this node, compared by identity. */
    final Object session;

    Node(Object session) {
        this.session = session;
    }

    /** Returns this node if {@code session} created it, or else a copy that belongs to the session. */
    abstract Node editable(Object session);

    /**
     * Puts the value in {@code value} under {@code key}. If the key was present, {@code value} holds its previous value
     * afterwards.
     *
     * @return whether the key is new
     */
    abstract boolean put(byte[] key, long[] value);

    /**
     * Puts at least one value, and as many as belong here before this node becomes overfull.
     *
     * @param run the puts, the next of which belongs here
     * @param end keys from here on belong elsewhere; {@code null} if there are none
     */
    abstract void putAll(PutRun<?> run, byte @Nullable [] end);

    /** Removes {@code key}, which must be present, and leaves its value in {@code value}. */
    abstract void remove(byte[] key, long[] value);

    /** Returns whether the node must be split. */
    abstract boolean isOverfull();

    /** Returns whether the node should be merged with a neighbour. */
    abstract boolean isUnderfull();

    /** Returns whether nothing is left, so that the node must be dropped. */
    abstract boolean isEmpty();

    /** Returns whether {@code key} is at the last position of the node. */
    abstract boolean endsWith(byte[] key);

    /**
     * Splits this overfull node in two.
     *
     * @param appended whether keys arrive in ascending order here: as more will probably follow, the left part is then
     *     left nearly full
     */
    abstract Split split(boolean appended);

    /**
     * Returns whether this node and its right neighbour, of the same height, together make a node that is not overfull.
     */
    abstract boolean fitsWith(byte[] separator, Node right);

    /** Returns a node with the contents of this one and its right neighbour. */
    abstract Node mergedWith(byte[] separator, Node right, Object session);

    /** Returns the leaf that has {@code key} if any has. */
    final Leaf leafFor(byte[] key) {
        Node node = this;
        while (node instanceof Inner inner) {
            node = inner.child(inner.childIndex(key));
        }
        return (Leaf) node;
    }

    final <V> @Nullable V get(byte[] key, ValueLayout<V> layout) {
        Leaf leaf = leafFor(key);
        int found = leaf.find(key);
        return found < 0 ? null : leaf.value(found, layout);
    }

    final boolean contains(byte[] key) {
        return leafFor(key).find(key) >= 0;
    }

    /** Returns the number of entries with smaller keys. */
    final long rank(byte[] key) {
        long rank = 0;
        Node node = this;
        while (node instanceof Inner inner) {
            int index = inner.childIndex(key);
            rank += inner.sizeBefore(index);
            node = inner.child(index);
        }
        return rank + ((Leaf) node).firstNotBelow(key);
    }

    final long rankOfStart(TreeRange range) {
        byte[] from = range.from();
        return from == null ? 0 : rank(from);
    }

    final long rankOfEnd(TreeRange range) {
        byte[] to = range.to();
        return to == null ? size() : rank(to);
    }

    final long count(TreeRange range) {
        byte[] from = range.from();
        byte[] to = range.to();
        return from == null || to == null ? Math.max(0, rankOfEnd(range) - rankOfStart(range)) : count(from, to);
    }

    /** Descends only once until the ends diverge, which for most ranges is low in the tree. */
    private long count(byte[] from, byte[] to) {
        Node node = this;
        while (node instanceof Inner inner) {
            int first = inner.childIndex(from);
            int last = inner.childIndex(to);
            if (first > last) {
                return 0;
            }
            if (first < last) {
                long before = inner.sizeBetween(first, last);
                return before + inner.child(last).rank(to) - inner.child(first).rank(from);
            }
            node = inner.child(first);
        }
        Leaf leaf = (Leaf) node;
        return Math.max(0, leaf.firstNotBelow(to) - leaf.firstNotBelow(from));
    }

    /**
     * The result of a split.
     *
     * @param separator above all keys of {@code left}, and not above any of {@code right}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Split(Node left, byte[] separator, Node right) {}
}
