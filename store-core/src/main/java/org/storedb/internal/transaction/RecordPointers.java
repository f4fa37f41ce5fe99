package org.storedb.internal.transaction;

import org.storedb.internal.index.TreeCursor;

/** The pointers of some entries of a tree, without an object for each. For one thread. */
public final class RecordPointers {

    private static final int WORDS = RecordPointer.LAYOUT.words();

    private final byte[][] keys;
    private final long[] words;

    /** Has none yet, and room for so many. */
    public RecordPointers(int capacity) {
        this.keys = new byte[capacity][];
        this.words = new long[capacity * WORDS];
    }

    /** How many there is room for. */
    public int capacity() {
        return keys.length;
    }

    /**
     * Has those of the next entries in place of those before: as many as there is room for, or all that are left.
     *
     * @return how many
     */
    public int read(TreeCursor<RecordPointer> cursor) {
        return cursor.next(keys, words);
    }

    /** The key of an entry, in an array of the caller's own. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** See {@link RecordPointer#segment}. */
    public int segment(int index) {
        return RecordPointer.segment(words[index * WORDS]);
    }

    /** See {@link RecordPointer#offset}. */
    public int offset(int index) {
        return RecordPointer.offset(words[index * WORDS]);
    }

    /** See {@link RecordPointer#length}. */
    public int length(int index) {
        return RecordPointer.length(words[index * WORDS + 1], words[index * WORDS + 2]);
    }

    /** One of them. */
    public RecordPointer get(int index) {
        return RecordPointer.LAYOUT.read(words, index * WORDS, WORDS);
    }
}
