package org.storedb.internal.index;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * A leaf as a {@link LeafWriter} wrote it, until it is needed: opening a store then costs little, and each leaf is
 * decoded by the first thread that reaches it, only once: later callers, through any version of the tree, get the same
 * leaf, and the stored form is released. Safe for use by many threads.
 */
final class StoredLeaf implements Child {

    /** No session edits such a leaf; it is copied first. */
    static final Object NO_SESSION = new Object();

    private final Origin origin;
    private final long position;
    private final int entries;
    private byte @Nullable [] to;
    private byte @Nullable [] stored;
    private volatile @Nullable Leaf leaf;

    /**
     * Creates a leaf that ends with its tree, see {@link #endBefore}.
     *
     * @param position where it begins in its file
     * @param stored the separator from the leaf before, the number of entries, the entries
     */
    StoredLeaf(Origin origin, long position, int entries, byte[] stored) {
        this.origin = origin;
        this.position = position;
        this.entries = entries;
        this.stored = stored;
    }

    /** Requires all keys to be below this separator. To be called before other threads know this leaf. */
    void endBefore(byte[] separator) {
        to = separator;
    }

    @Override
    public int height() {
        return 0;
    }

    @Override
    public long size() {
        return entries;
    }

    /**
     * Returns the leaf itself.
     *
     * @throws CorruptStoreException if it is not what a writer would have written
     */
    Leaf leaf() {
        Leaf known = leaf;
        return known == null ? decoded() : known;
    }

    private Leaf decoded() {
        synchronized (this) {
            Leaf known = leaf;
            if (known != null) {
                return known;
            }
            try {
                Leaf read = read();
                leaf = read;
                stored = null;
                return read;
            } catch (MalformedBytesException e) {
                throw new CorruptStoreException(
                        origin.fileName,
                        position,
                        "The file " + origin.fileName + " has an invalid leaf at byte " + position
                                + ", although its checksum matches: " + e.getMessage()
                                + ". Close the store, delete this file and open the store again: the log has"
                                + " everything that is in it",
                        e);
            }
        }
    }

    /**
     * Decodes it, for the only thread that knows it.
     *
     * @throws MalformedBytesException unless a leaf of a well-formed tree, at this position, could have written it
     */
    Leaf read() {
        ByteReader source = new ByteReader(Objects.requireNonNull(stored));
        byte[] from = source.readLengthAndBytes();
        Leaf read = Leaf.read(source, source.readVarintAsInt(), origin.columns, NO_SESSION);
        if (source.remaining() > 0) {
            throw new MalformedBytesException("There are more bytes after a leaf");
        }
        if (Arrays.compareUnsigned(read.key(0), from) < 0
                || (to != null && Arrays.compareUnsigned(read.key(entries - 1), to) >= 0)) {
            throw new MalformedBytesException("A leaf has keys that belong to another one");
        }
        return read;
    }

    /** The properties that the leaves of a tree share: their file, and how values were split. */
    record Origin(String fileName, ValueColumns columns) {}
}
