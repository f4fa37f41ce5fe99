package org.storedb.internal.transaction;

import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.TreeCursor;

/**
 * Walks over the remaining records of a cursor, and reads their values. Records are scattered in the log, and most of
 * the cost of a value is waiting for its bytes to come from memory: so the bytes of several are read first, one right
 * after another, to arrive at the same time; or with one call if they are close together. For one thread.
 */
public final class RecordScan {

    private static final int AHEAD_MAX = 16;
    private static final int GROWTH = 4;

    private final TreeView view;
    private final TreeCursor<RecordPointer> cursor;
    private final RecordRun run = new RecordRun();
    private RecordPointers pointers = new RecordPointers(1); // Often only the first record is wanted.
    private int index = -1;
    private int count;
    private boolean brokenOff;

    /** Creates a scan positioned before the first record, until {@link #next} is called. */
    public RecordScan(TreeView view, TreeCursor<RecordPointer> cursor) {
        this.view = view;
        this.cursor = cursor;
    }

    /** Moves to the next record; returns false if there is none. */
    public boolean next() {
        if (index + 1 < count) {
            index++;
            return true;
        }
        return lookAhead();
    }

    /** Returns how many records {@link #next} has yet to visit. */
    public long remaining() {
        return cursor.remaining() + count - 1 - index;
    }

    /** Returns the key of this record, in an array owned by the caller. */
    public byte[] key() {
        return pointers.key(index);
    }

    /**
     * Reads the value of this record, into an array owned by the caller.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    public byte[] readValue() {
        byte[] key = pointers.key(index);
        byte[] value = run.findValue(key, pointers.offset(index), pointers.length(index));
        return value == null ? view.readValue(key, pointers.get(index)) : value;
    }

    private boolean lookAhead() {
        if (brokenOff) {
            throw new IllegalStateException("This scan was ended by an error; start another one");
        }
        brokenOff = true;
        if (count == pointers.capacity() && count < AHEAD_MAX) {
            pointers = new RecordPointers(GROWTH * count);
        }
        int found = pointers.read(cursor);
        if (found > 0 && !view.readRun(pointers, found, run)) {
            touch(found);
        }
        brokenOff = false;
        count = found;
        index = found == 0 ? -1 : 0;
        return found > 0;
    }

    private void touch(int found) {
        long sum = 0;
        for (int i = 0; i < found; i++) {
            sum += view.touch(pointers.segment(i), pointers.offset(i), pointers.length(i));
        }
        Touched.keep(sum);
    }
}
