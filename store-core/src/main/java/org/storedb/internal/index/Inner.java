package org.storedb.internal.index;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Children in key order, how many entries each has, and a separator between each two: a key above all keys on its left
 * and not above any on its right.
 *
 * <p>A child that is a leaf in its stored form is replaced by the decoded leaf on demand, even in a tree that many
 * threads read: a thread may see either, and both mean the same.
 */
final class Inner extends Node {

    static final int CHILDREN_MAX = 64;
    static final int CHILDREN_MIN = CHILDREN_MAX / 4;

    /** Limit for the tails of separators; a node of up to {@link #LONG_CHILDREN_MAX} children may exceed it. */
    static final int KEY_BYTES_MAX = 16 << 10;

    static final int KEY_BYTES_MIN = KEY_BYTES_MAX / 4;
    static final int LONG_CHILDREN_MAX = 7;

    private final int height;
    private Child[] children;
    private long[] sizes;
    private boolean sizesShared;
    private long size;

    private Inner(Object session, Child[] children, long[] sizes, int height, long size) {
        super(session);
        this.height = height;
        this.children = children;
        this.sizes = sizes;
        this.size = size;
    }

    /** Creates a node with these children, separated by {@code separators[from] … separators[to - 1]}. */
    static Inner of(byte[][] separators, int from, int to, Child[] children, Object session) {
        long[] sizes = new long[children.length];
        long size = 0;
        for (int i = 0; i < children.length; i++) {
            sizes[i] = children[i].size();
            size += sizes[i];
        }
        Inner inner = new Inner(session, children, sizes, children[0].height() + 1, size);
        inner.setKeys(separators, from, to);
        return inner;
    }

    /** Returns the new root above a root that became overfull when {@code key} was put. */
    static Inner above(Node root, byte[] key, Object session) {
        Inner above = of(new byte[0][], 0, 0, new Child[] {root}, session);
        above.splitChild(0, root.endsWith(key));
        return above;
    }

    int childCount() {
        return children.length;
    }

    Node child(int index) {
        Child child = children[index];
        VarHandle.acquireFence(); // Another thread may just have stored a decoded leaf here.
        return child instanceof StoredLeaf stored ? decoded(index, stored) : (Node) child;
    }

    private Leaf decoded(int index, StoredLeaf stored) {
        Leaf leaf = stored.leaf();
        VarHandle.releaseFence();
        children[index] = leaf;
        return leaf;
    }

    /** Returns a child, even if it is a leaf in its stored form, without reading it. */
    Child childUnread(int index) {
        return children[index];
    }

    /** Returns whether a child is a leaf that has not been needed yet. */
    boolean isStored(int index) {
        return children[index] instanceof StoredLeaf;
    }

    long childSize(int index) {
        return sizes[index];
    }

    /** Returns which child has {@code key} if any has. */
    int childIndex(byte[] key) {
        int found = find(key);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Returns the number of entries in the children before the one at {@code index}. */
    long sizeBefore(int index) {
        return sizeBetween(0, index);
    }

    /** Returns the number of entries in the children from {@code from} to before {@code to}. */
    long sizeBetween(int from, int to) {
        long between = 0;
        for (int i = from; i < to; i++) {
            between += sizes[i];
        }
        return between;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public long size() {
        return size;
    }

    /**
     * Returns this node or a copy, which shares separators and sizes until they are changed: an overwrite copies only
     * the children.
     */
    @Override
    Inner editable(Object session) {
        if (session == this.session) {
            return this;
        }
        Child[] copied = children.clone();
        VarHandle.acquireFence(); // As in child().
        Inner copy = new Inner(session, copied, sizes, height, size);
        copy.shareKeysOf(this);
        copy.sizesShared = true;
        return copy;
    }

    @Override
    boolean put(byte[] key, long[] value) {
        int index = childIndex(key);
        Node child = editableChild(index);
        if (!child.put(key, value)) {
            return false;
        }
        grow(index, 1);
        splitIfOverfull(index, child, key);
        return true;
    }

    @Override
    void putAll(PutRun<?> run, byte @Nullable [] end) {
        do {
            int index = childIndex(run.nextKey());
            Node child = editableChild(index);
            long sizeBefore = child.size();
            child.putAll(run, index == children.length - 1 ? end : key(index));
            long added = child.size() - sizeBefore;
            if (added > 0) {
                grow(index, added);
                splitIfOverfull(index, child, run.lastKey());
            }
        } while (!isOverfull() && run.hasNextBelow(end));
    }

    private void splitIfOverfull(int index, Node child, byte[] lastPut) {
        if (child.isOverfull()) {
            boolean last = index == children.length - 1;
            splitChild(index, last && child.endsWith(lastPut));
        }
    }

    @Override
    void remove(byte[] key, long[] value) {
        int index = childIndex(key);
        Node child = editableChild(index);
        child.remove(key, value);
        grow(index, -1);
        if (child.isEmpty()) {
            dropChild(index);
        } else if (child.isUnderfull()) {
            mergeWithNeighbour(index);
        }
    }

    private void grow(int index, long entries) {
        if (sizesShared) {
            sizes = sizes.clone();
            sizesShared = false;
        }
        sizes[index] += entries;
        size += entries;
    }

    private Node editableChild(int index) {
        Node child = child(index).editable(session);
        children[index] = child;
        return child;
    }

    /** Splits a child, whose parts can be overfull again when one key is longer than all others together. */
    private void splitChild(int index, boolean appended) {
        Split split = child(index).split(appended);
        insertKey(index, split.separator());
        insertPlaceAfter(index);
        setChild(index, split.left());
        setChild(index + 1, split.right());
        if (split.right().isOverfull()) {
            splitChild(index + 1, false);
        }
        if (split.left().isOverfull()) {
            splitChild(index, false);
        }
    }

    private void insertPlaceAfter(int index) {
        int moved = children.length - index - 1;
        children = Arrays.copyOf(children, children.length + 1);
        sizes = Arrays.copyOf(sizes, children.length);
        System.arraycopy(children, index + 1, children, index + 2, moved);
        System.arraycopy(sizes, index + 1, sizes, index + 2, moved);
    }

    private void mergeWithNeighbour(int index) {
        if (index + 1 < children.length && fitsWithNext(index)) {
            mergeWithNext(index);
        } else if (index > 0 && fitsWithNext(index - 1)) {
            mergeWithNext(index - 1);
        }
    }

    private boolean fitsWithNext(int index) {
        return child(index).fitsWith(key(index), child(index + 1));
    }

    private void mergeWithNext(int index) {
        Node merged = child(index).mergedWith(key(index), child(index + 1), session);
        dropChild(index + 1);
        setChild(index, merged);
    }

    private void dropChild(int index) {
        if (children.length > 1) {
            removeKey(Math.max(0, index - 1));
        }
        Child[] otherChildren = Arrays.copyOf(children, children.length - 1);
        long[] otherSizes = Arrays.copyOf(sizes, otherChildren.length);
        System.arraycopy(children, index + 1, otherChildren, index, otherChildren.length - index);
        System.arraycopy(sizes, index + 1, otherSizes, index, otherChildren.length - index);
        children = otherChildren;
        sizes = otherSizes;
    }

    private void setChild(int index, Node child) {
        children[index] = child;
        sizes[index] = child.size();
    }

    @Override
    boolean isOverfull() {
        return children.length > CHILDREN_MAX || hasTooLongSeparators();
    }

    private boolean hasTooLongSeparators() {
        return tailBytes() > KEY_BYTES_MAX && children.length > LONG_CHILDREN_MAX;
    }

    @Override
    boolean isUnderfull() {
        return children.length < CHILDREN_MIN && tailBytes() < KEY_BYTES_MIN;
    }

    @Override
    boolean isEmpty() {
        return children.length == 0;
    }

    @Override
    boolean endsWith(byte[] key) {
        return childIndex(key) == children.length - 1;
    }

    @Override
    Split split(boolean appended) {
        byte[][] all = keys();
        int last = all.length / 2; // The separator that moves up: the left part ends with the child before it.
        if (hasTooLongSeparators()) {
            last = SplitPoint.byBytes(all, 1, 1);
        } else if (appended) {
            last = all.length - all.length / 8;
        }
        return new Split(part(all, 0, last), all[last], part(all, last + 1, all.length));
    }

    private Inner part(byte[][] all, int from, int to) {
        return of(all, from, to, Arrays.copyOfRange(children, from, to + 1), session);
    }

    @Override
    boolean fitsWith(byte[] separator, Node right) {
        Inner higher = (Inner) right;
        if (children.length + higher.children.length > CHILDREN_MAX * 3 / 4) {
            return false;
        }
        byte[][] all = separatorsAnd(separator, higher);
        return SplitPoint.suffixBytes(all, 0, all.length) <= KEY_BYTES_MAX * 3 / 4;
    }

    @Override
    Node mergedWith(byte[] separator, Node right, Object session) {
        Inner higher = (Inner) right;
        Child[] allChildren = Arrays.copyOf(children, children.length + higher.children.length);
        System.arraycopy(higher.children, 0, allChildren, children.length, higher.children.length);
        byte[][] all = separatorsAnd(separator, higher);
        return of(all, 0, all.length, allChildren, session);
    }

    private byte[][] separatorsAnd(byte[] separator, Inner higher) {
        byte[][] all = Arrays.copyOf(keys(), keyCount() + 1 + higher.keyCount());
        all[keyCount()] = separator;
        System.arraycopy(higher.keys(), 0, all, keyCount() + 1, higher.keyCount());
        return all;
    }
}
