package org.storedb.internal.transaction;

import org.storedb.internal.index.LeafEntries;
import org.storedb.internal.index.TreeCursor;

/** The pointers of some entries of a tree, without an object for each. For one thread. */
public final class RecordPointers {

    private static final int WORDS = RecordPointer.LAYOUT.words();

    private final byte[][] keys;
    private final long[] words;

    /** Creates an empty list with this capacity. */
    public RecordPointers(int capacity) {
        this.keys = new byte[capacity][];
        this.words = new long[capacity * WORDS];
    }

    /** Returns the capacity. */
    public int capacity() {
        return keys.length;
    }

    /**
     * Replaces the pointers by those of the next entries: as many as there is capacity for, or all that are left.
     *
     * @return the number of entries
     */
    public int read(TreeCursor<RecordPointer> cursor) {
        return cursor.next(keys, words);
    }

    /** Replaces the pointers by those of {@code count} entries from {@code from} on. */
    public void read(LeafEntries<RecordPointer> entries, int from, int count) {
        entries.copy(from, count, keys, words);
    }

    /** Sets the key and the pointer of one entry. */
    void set(int index, byte[] key, RecordPointer pointer) {
        keys[index] = key;
        RecordPointer.LAYOUT.write(pointer, words, index * WORDS);
    }

    /** Returns the key of an entry, in an array owned by the caller. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** Returns the segment, see {@link RecordPointer#segment}. */
    public int segment(int index) {
        return RecordPointer.segment(words[index * WORDS]);
    }

    /** Returns the offset, see {@link RecordPointer#offset}. */
    public int offset(int index) {
        return RecordPointer.offset(words[index * WORDS]);
    }

    /** Returns the length, see {@link RecordPointer#length}. */
    public int length(int index) {
        return RecordPointer.length(words[index * WORDS + 1], words[index * WORDS + 2]);
    }

    /** Returns one of the pointers. */
    public RecordPointer get(int index) {
        return RecordPointer.LAYOUT.read(words, index * WORDS, WORDS);
    }
}
