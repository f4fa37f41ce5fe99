package org.storedb.internal.index;

import java.util.Arrays;

/**
 * Children in key order, how many entries each has, and between each two a separator: a key above all keys on its left
 * and not above any on its right.
 */
final class Inner extends Node {

    static final int CHILDREN_MAX = 128;
    static final int CHILDREN_MIN = CHILDREN_MAX / 4;

    /** The limit for the tails of separators; a node of up to {@link #LONG_CHILDREN_MAX} children may have more. */
    static final int KEY_BYTES_MAX = 16 << 10;

    static final int KEY_BYTES_MIN = KEY_BYTES_MAX / 4;
    static final int LONG_CHILDREN_MAX = 7;

    private final int height;
    private PackedKeys separators;
    private Node[] children;
    private long[] sizes;
    private long size;

    private Inner(Object session, PackedKeys separators, Node[] children, long[] sizes, int height, long size) {
        super(session);
        this.height = height;
        this.separators = separators;
        this.children = children;
        this.sizes = sizes;
        this.size = size;
    }

    static Inner of(PackedKeys separators, Node[] children, Object session) {
        long[] sizes = new long[children.length];
        long size = 0;
        for (int i = 0; i < children.length; i++) {
            sizes[i] = children[i].size();
            size += sizes[i];
        }
        return new Inner(session, separators, children, sizes, children[0].height() + 1, size);
    }

    /** The new root above a root that became overfull when {@code key} was put. */
    static Inner above(Node root, byte[] key, Object session) {
        Inner above = of(PackedKeys.empty(session), new Node[] {root}, session);
        above.splitChild(0, root.endsWith(key));
        return above;
    }

    int childCount() {
        return children.length;
    }

    Node child(int index) {
        return children[index];
    }

    long childSize(int index) {
        return sizes[index];
    }

    PackedKeys separators() {
        return separators;
    }

    /** Which child has {@code key} if any has. */
    int childIndex(byte[] key) {
        int found = separators.find(key);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Entries in the children before the one at {@code index}. */
    long sizeBefore(int index) {
        long before = 0;
        for (int i = 0; i < index; i++) {
            before += sizes[i];
        }
        return before;
    }

    @Override
    int height() {
        return height;
    }

    @Override
    long size() {
        return size;
    }

    @Override
    Inner editable(Object session) {
        return session == this.session
                ? this
                : new Inner(session, separators, children.clone(), sizes.clone(), height, size);
    }

    @Override
    boolean put(byte[] key, long[] words) {
        int index = childIndex(key);
        Node child = editableChild(index);
        if (!child.put(key, words)) {
            return false;
        }
        sizes[index]++;
        size++;
        if (child.isOverfull()) {
            boolean last = index == children.length - 1;
            splitChild(index, last && child.endsWith(key));
        }
        return true;
    }

    @Override
    void remove(byte[] key, long[] words) {
        int index = childIndex(key);
        Node child = editableChild(index);
        child.remove(key, words);
        sizes[index]--;
        size--;
        if (child.isEmpty()) {
            dropChild(index);
        } else if (child.isUnderfull()) {
            mergeWithNeighbour(index);
        }
    }

    private Node editableChild(int index) {
        Node child = children[index].editable(session);
        children[index] = child;
        return child;
    }

    /** A part can be overfull again, when one key is longer than all others together. */
    private void splitChild(int index, boolean appended) {
        Split split = children[index].split(appended);
        separators = separators.insert(index, split.separator(), session);
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
        return children[index].fitsWith(separators.key(index), children[index + 1]);
    }

    private void mergeWithNext(int index) {
        Node merged = children[index].mergedWith(separators.key(index), children[index + 1], session);
        dropChild(index + 1);
        setChild(index, merged);
    }

    private void dropChild(int index) {
        if (children.length > 1) {
            separators = separators.remove(Math.max(0, index - 1), session);
        }
        Node[] otherChildren = Arrays.copyOf(children, children.length - 1);
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
        return separators.tailBytes() > KEY_BYTES_MAX && children.length > LONG_CHILDREN_MAX;
    }

    @Override
    boolean isUnderfull() {
        return children.length < CHILDREN_MIN && separators.tailBytes() < KEY_BYTES_MIN;
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
        byte[][] all = separators.keys();
        int last = all.length / 2; // The separator that goes up: the left part ends with the child before it.
        if (hasTooLongSeparators()) {
            last = SplitPoint.byBytes(all, 1, 1);
        } else if (appended) {
            last = all.length - all.length / 8;
        }
        return new Split(part(all, 0, last), all[last], part(all, last + 1, all.length));
    }

    private Inner part(byte[][] all, int from, int to) {
        return of(PackedKeys.pack(all, from, to, session), Arrays.copyOfRange(children, from, to + 1), session);
    }

    @Override
    boolean fitsWith(byte[] separator, Node right) {
        Inner higher = (Inner) right;
        return children.length + higher.children.length <= CHILDREN_MAX * 3 / 4
                && separatorsAnd(separator, new Object()).concatBytes(higher.separators) <= KEY_BYTES_MAX * 3 / 4;
    }

    @Override
    Node mergedWith(byte[] separator, Node right, Object session) {
        Inner higher = (Inner) right;
        Node[] allChildren = Arrays.copyOf(children, children.length + higher.children.length);
        System.arraycopy(higher.children, 0, allChildren, children.length, higher.children.length);
        return of(separatorsAnd(separator, session).concat(higher.separators, session), allChildren, session);
    }

    private PackedKeys separatorsAnd(byte[] separator, Object session) {
        return separators.insert(separators.count(), separator, session);
    }
}
