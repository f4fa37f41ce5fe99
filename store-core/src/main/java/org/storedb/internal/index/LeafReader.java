package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Builds a tree from the leaves that a {@link LeafWriter} wrote; only the nodes above them are made anew. For one thread, for
 * one tree.
 *
 * <p>Most leaves stay as they are stored until they are needed: only what is between them, and how many entries they have, is
 * read. Whatever the bytes are, what is found in the tree is in order, and between the separators. A leaf that turns out to be
 * no leaf is a {@link org.storedb.error.CorruptStoreException} for whoever needs it.
 */
public final class LeafReader<V> {

    private final ValueLayout<V> layout;
    private final ValueColumns columns;
    private final StoredLeaf.Origin origin;
    private final TreeLevel leaves = new TreeLevel();
    private @Nullable StoredLeaf pending; // Where it ends is known when the next one comes.
    private byte[] pendingFrom = {};
    private byte[] lastKey = {};
    private long entries;

    /**
     * A reader of a tree whose values have this layout.
     *
     * @param fields how the values were taken apart
     * @param fileName what to call the file when something is wrong with it
     */
    public LeafReader(ValueLayout<V> layout, ValueFields fields, String fileName) {
        this.layout = layout;
        this.columns = new ValueColumns(fields, layout.words());
        this.origin = new StoredLeaf.Origin(fileName, columns);
    }

    /** Number of entries of all leaves. */
    public long entries() {
        return entries;
    }

    /**
     * Reads the next leaf.
     *
     * @param position where in the file {@code source} stands
     * @throws MalformedBytesException if it is none, or does not begin above the one before it, as far as that shows now
     */
    public void readNext(ByteReader source, long position) {
        byte[] stored = source.readBytes(source.readInt());
        ByteReader item = new ByteReader(stored);
        byte[] from = item.readLengthAndBytes();
        int count = item.readVarintAsInt();
        if (count == 0 || count > Leaf.ENTRIES_MAX) {
            throw new MalformedBytesException("A leaf of " + count + " keys");
        }
        StoredLeaf before = pending;
        if (before != null) {
            if (Arrays.compareUnsigned(pendingFrom, from) >= 0 || from.length > CountedTree.KEY_BYTES_MAX) {
                throw new MalformedBytesException("A leaf does not begin above the one before it");
            }
            before.endBefore(from);
            add(pendingFrom, before);
        }
        pending = new StoredLeaf(origin, position, count, stored);
        pendingFrom = from;
        entries += count;
    }

    /** Small leaves are decoded at once: if two of them are neighbours, they may have to be merged. */
    private void add(byte[] from, StoredLeaf leaf) {
        if (leaf.size() < Leaf.ENTRIES_MIN) {
            leaves.addMerging(from, leaf.read(), StoredLeaf.NO_SESSION);
        } else {
            leaves.add(from, leaf);
        }
    }

    /**
     * Reads the next leaf of a file of format version 1, which has nothing between its leaves; so all of it is decoded.
     *
     * @throws MalformedBytesException if it is none, a key is not above all before it, or a value is impossible
     */
    public void readNextOfVersion1(ByteReader source) {
        Leaf leaf = Leaf.read(source, source.readVarintAsInt(), columns, StoredLeaf.NO_SESSION);
        byte[] first = leaf.key(0);
        if (!leaves.isEmpty() && Arrays.compareUnsigned(lastKey, first) >= 0) {
            throw new MalformedBytesException("A leaf does not begin above the end of the one before it");
        }
        byte[] from = leaves.isEmpty() ? first : SplitPoint.separator(lastKey, first);
        leaves.addMerging(from, leaf, StoredLeaf.NO_SESSION);
        lastKey = leaf.key(leaf.keyCount() - 1);
        entries += leaf.keyCount();
    }

    /**
     * The tree of all leaves read. The reader is used up then.
     *
     * @throws MalformedBytesException as {@link #readNext}
     */
    public CountedTree<V> build() {
        StoredLeaf last = pending;
        if (last != null && leaves.isEmpty()) {
            return new CountedTree<>(layout, last.read());
        }
        if (last != null) {
            add(pendingFrom, last);
        }
        return leaves.isEmpty()
                ? CountedTree.empty(layout)
                : new CountedTree<>(layout, leaves.root(StoredLeaf.NO_SESSION));
    }
}
