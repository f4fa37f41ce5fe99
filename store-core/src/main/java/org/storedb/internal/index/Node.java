package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * A node of the tree: entries below it in key order, and how many. Its own keys are those of the entries or, above the
 * leaves, what separates the children.
 *
 * <p>A node may be changed only by the editing session that created it; {@link #editable} copies it for any other.
 * Whoever changes a node looks afterwards whether it became overfull, underfull or empty, and repairs that in its
 * parent.
 */
abstract sealed class Node extends PackedKeys implements Child permits Leaf, Inner {

    /** The editing session that created this node, compared by identity. */
    final Object session;

    Node(Object session) {
        this.session = session;
    }

    /** This node, if {@code session} created it, or else a copy that belongs to the session. */
    abstract Node editable(Object session);

    /**
     * Puts the value in {@code value} under {@code key}. If the key was there, {@code value} holds its previous value
     * afterwards.
     *
     * @return whether the key is new
     */
    abstract boolean put(byte[] key, long[] value);

    /**
     * Puts one value at least, and as many as belong here before this node becomes overfull.
     *
     * @param run its next key belongs here
     * @param end keys from here on belong elsewhere; {@code null} if there are none
     */
    abstract void putAll(PutRun<?> run, byte @Nullable [] end);

    /** Removes {@code key}, which must be there, and leaves its value in {@code value}. */
    abstract void remove(byte[] key, long[] value);

    /** Whether the node must be split. */
    abstract boolean isOverfull();

    /** Whether the node should be merged with a neighbour. */
    abstract boolean isUnderfull();

    /** Whether nothing is left, so that the node must be dropped. */
    abstract boolean isEmpty();

    /** Whether {@code key} is in the last of the node's places. */
    abstract boolean endsWith(byte[] key);

    /**
     * Splits this overfull node in two.
     *
     * @param appended whether keys come in ascending order here: as more will probably follow, the left part is then left
     *     nearly full
     */
    abstract Split split(boolean appended);

    /** Whether this node and its right neighbour, of the same height, together make a node that is not overfull. */
    abstract boolean fitsWith(byte[] separator, Node right);

    /** A node with the contents of this one and its right neighbour. */
    abstract Node mergedWith(byte[] separator, Node right, Object session);

    /** The leaf that has {@code key} if any has. */
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

    /** The number of entries with smaller keys. */
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

    /** Goes one way only until the ends part, which those of most ranges do low down. */
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
     * What a split leaves.
     *
     * @param separator above all keys of {@code left}, and not above any of {@code right}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Split(Node left, byte[] separator, Node right) {}
}
