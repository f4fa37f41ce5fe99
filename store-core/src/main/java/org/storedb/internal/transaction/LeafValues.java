package org.storedb.internal.transaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.LeafEntries;

/**
 * The records of all entries of a leaf, one after another in one array: read in this order, they come from memory much
 * faster than from all over the log. Immutable; safe for use by many threads.
 */
final class LeafValues implements KeptRecords {

    /** Maximum bytes of the values of a leaf. Of longer values only the first byte is waited for anyway. */
    static final int BYTES_MAX = 64 << 10;

    private static final int OVERHEAD_BYTES = 128; // Objects, and what refers to them.

    private final byte[] bytes;
    private final int[] ends;
    private final long @Nullable [] revisions; // null if all are 0

    private LeafValues(byte[] bytes, int[] ends, long @Nullable [] revisions) {
        this.bytes = bytes;
        this.ends = ends;
        this.revisions = revisions;
    }

    /**
     * Reads and verifies the records of all entries of a leaf.
     *
     * @return {@code null} if they are too long, or not committed yet
     * @throws org.storedb.error.CorruptStoreException if one is damaged
     */
    static @Nullable LeafValues read(TreeView view, LeafEntries<RecordPointer> leaf) {
        RecordPointers pointers = new RecordPointers(leaf.count());
        pointers.read(leaf, 0, leaf.count());
        return read(view, pointers);
    }

    /** Does that for the records that these pointers, as many as there is capacity for, lead to. */
    static @Nullable LeafValues read(TreeView view, RecordPointers pointers) {
        int count = pointers.capacity();
        int lengths = 0;
        for (int i = 0; i < count; i++) {
            if (pointers.segment(i) == RecordPointer.BUFFERED || pointers.length(i) > BYTES_MAX - lengths) {
                return null;
            }
            lengths += pointers.length(i);
        }
        view.touchAll(pointers, count);
        byte[] bytes = new byte[lengths];
        int[] ends = new int[count];
        long[] revisions = null;
        int end = 0;
        for (int i = 0; i < count; i++) {
            StoredRecord record = view.read(pointers.key(i), pointers.get(i));
            byte[] value = record.value();
            if (value.length > BYTES_MAX - end) { // They are longer than their records if they are compressed.
                return null;
            }
            if (value.length > bytes.length - end) {
                bytes = Arrays.copyOf(bytes, Math.min(BYTES_MAX, 2 * (end + value.length)));
            }
            System.arraycopy(value, 0, bytes, end, value.length);
            end += value.length;
            ends[i] = end;
            if (record.revision() != 0) {
                revisions = revisions == null ? new long[count] : revisions;
                revisions[i] = record.revision();
            }
        }
        return new LeafValues(Arrays.copyOf(bytes, end), ends, revisions);
    }

    @Override
    public int memoryBytes() {
        int perEntry = revisions == null ? Integer.BYTES : Integer.BYTES + Long.BYTES;
        return OVERHEAD_BYTES + bytes.length + perEntry * ends.length;
    }

    /** Returns the value of a record, in an array owned by the caller. */
    byte[] value(int position) {
        return Arrays.copyOfRange(bytes, position == 0 ? 0 : ends[position - 1], ends[position]);
    }

    /** Returns the revision of a record. */
    long revision(int position) {
        return revisions == null ? 0 : revisions[position];
    }
}
