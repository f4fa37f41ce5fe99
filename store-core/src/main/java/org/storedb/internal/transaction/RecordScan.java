package org.storedb.internal.transaction;

import org.storedb.internal.index.TreeCursor;

/**
 * Walks over the records that a cursor has yet to come to, and reads their values. Records lie anywhere in the log, and
 * most of what a value costs is waiting for its first byte to come from memory: so the heads of some records are read
 * first, one right after the other, and then come at the same time. For one thread.
 */
public final class RecordScan {

    private static final int AHEAD_MAX = 16;
    private static final int GROWTH = 4;

    private final TreeView view;
    private final TreeCursor<RecordPointer> cursor;
    private byte[][] keys = new byte[1][]; // Often the first record is the only one that is wanted.
    private RecordPointer[] pointers = new RecordPointer[1];
    private long[] heads = new long[1];
    private int index = -1;
    private int count;
    private boolean brokenOff;

    /** Stands before the first record until {@link #next} is called. */
    public RecordScan(TreeView view, TreeCursor<RecordPointer> cursor) {
        this.view = view;
        this.cursor = cursor;
    }

    /** Moves to the next record; false if there is none. */
    public boolean next() {
        if (index + 1 < count) {
            index++;
            return true;
        }
        return readAhead();
    }

    /** How many records {@link #next} has yet to come to. */
    public long remaining() {
        return cursor.remaining() + count - 1 - index;
    }

    /** The key of this record, in an array of the caller's own. */
    public byte[] key() {
        return keys[index];
    }

    /**
     * Reads the value of this record, into an array of the caller's own.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    public byte[] readValue() {
        return view.readValue(keys[index], pointers[index], heads[index]);
    }

    private boolean readAhead() {
        if (brokenOff) {
            throw new IllegalStateException("An error has broken off this scan; begin another one");
        }
        brokenOff = true;
        if (count == keys.length && count < AHEAD_MAX) {
            keys = new byte[GROWTH * count][];
            pointers = new RecordPointer[GROWTH * count];
            heads = new long[GROWTH * count];
        }
        int found = cursor.next(keys, pointers);
        for (int i = 0; i < found; i++) {
            heads[i] = view.readHead(pointers[i]);
        }
        brokenOff = false;
        count = found;
        index = found == 0 ? -1 : 0;
        return found > 0;
    }
}
