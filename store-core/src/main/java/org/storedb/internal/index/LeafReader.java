package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Builds a tree from the leaves that a {@link LeafWriter} wrote; only the nodes above them are rebuilt. For one thread,
 * for one tree.
 *
 * <p>Most leaves keep their stored form until they are needed: only the separators and the numbers of entries are read.
 * Whatever the bytes are, the contents of the tree are in order and between the separators. A leaf that turns out to be
 * malformed is reported with a {@link org.storedb.error.CorruptStoreException} when it is needed.
 */
public final class LeafReader<V> {

    private final ValueLayout<V> layout;
    private final ValueColumns columns;
    private final StoredLeaf.Origin origin;
    private final TreeLevel leaves = new TreeLevel();
    private @Nullable StoredLeaf pending; // Its end is known when the next one arrives.
    private byte[] pendingFrom = {};
    private byte[] lastKey = {};
    private long entries;

    /**
     * Creates a reader of a tree whose values have this layout.
     *
     * @param fields how the values were split
     * @param fileName the name of the file for error messages
     */
    public LeafReader(ValueLayout<V> layout, ValueFields fields, String fileName) {
        this.layout = layout;
        this.columns = new ValueColumns(fields, layout.words());
        this.origin = new StoredLeaf.Origin(fileName, columns);
    }

    /** Returns the number of entries of all leaves. */
    public long entries() {
        return entries;
    }

    /**
     * Reads the next leaf.
     *
     * @param position the position of {@code source} in the file
     * @throws MalformedBytesException if it is not a leaf, or does not begin above the one before, as far as can be
     *     checked now
     */
    public void readNext(ByteReader source, long position) {
        byte[] stored = source.readBytes(source.readInt());
        ByteReader item = new ByteReader(stored);
        byte[] from = item.readLengthAndBytes();
        int count = item.readVarintAsInt();
        if (count == 0 || count > Leaf.ENTRIES_MAX) {
            throw new MalformedBytesException("Invalid leaf of " + count + " keys");
        }
        StoredLeaf before = pending;
        if (before != null) {
            if (Arrays.compareUnsigned(pendingFrom, from) >= 0 || from.length > CountedTree.KEY_BYTES_MAX) {
                throw new MalformedBytesException("A leaf does not begin after the previous one");
            }
            before.endBefore(from);
            add(pendingFrom, before);
        }
        pending = new StoredLeaf(origin, position, count, stored);
        pendingFrom = from;
        entries += count;
    }

    /** Adds a leaf. Small ones are decoded at once: if two of them are neighbours, they may have to be merged. */
    private void add(byte[] from, StoredLeaf leaf) {
        if (leaf.size() < Leaf.ENTRIES_MIN) {
            leaves.addMerging(from, leaf.read(), StoredLeaf.NO_SESSION);
        } else {
            leaves.add(from, leaf);
        }
    }

    /**
     * Reads the next leaf of a file of format version 1, which has nothing between its leaves, so all of it is decoded.
     *
     * @throws MalformedBytesException if it is not a leaf, a key is not above all before it, or a value is impossible
     */
    public void readNextOfVersion1(ByteReader source) {
        Leaf leaf = Leaf.read(source, source.readVarintAsInt(), columns, StoredLeaf.NO_SESSION);
        byte[] first = leaf.key(0);
        if (!leaves.isEmpty() && Arrays.compareUnsigned(lastKey, first) >= 0) {
            throw new MalformedBytesException("A leaf does not begin after the end of the previous one");
        }
        byte[] from = leaves.isEmpty() ? first : SplitPoint.separator(lastKey, first);
        leaves.addMerging(from, leaf, StoredLeaf.NO_SESSION);
        lastKey = leaf.key(leaf.keyCount() - 1);
        entries += leaf.keyCount();
    }

    /**
     * Returns the tree of all leaves read. The reader cannot be used afterwards.
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
