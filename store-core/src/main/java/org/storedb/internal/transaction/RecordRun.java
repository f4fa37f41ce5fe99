package org.storedb.internal.transaction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/**
 * Records that are close together in one segment, as a compaction leaves those of a range of keys: copied out of it
 * with one call, and verified one by one. For one thread.
 */
public final class RecordRun {

    private static final int RECORDS_LEAST = 4;
    private static final int BYTES_MAX = 16 << 10;

    /** How much longer than its records a run may be: keys and frames are between them, or records of other keys. */
    private static final int GAPS_SHARE = 2;

    private byte[] bytes = {};
    private int start;
    private boolean empty = true;

    /**
     * Replaces the records of this run, or leaves none if they are not close together.
     *
     * @param count number of records, counted from the first
     * @return whether the run has them
     */
    boolean read(SegmentTable segments, RecordPointers pointers, int count) {
        empty = true;
        int id = pointers.segment(0);
        int from = Integer.MAX_VALUE;
        int to = 0;
        int needed = 0;
        for (int i = 0; i < count; i++) {
            int offset = pointers.offset(i);
            int length = pointers.length(i);
            if (pointers.segment(i) != id || length > BYTES_MAX) {
                return false;
            }
            from = Math.min(from, offset);
            to = Math.max(to, offset + length);
            needed += length;
        }
        int bytesToRead = to - from;
        if (count >= RECORDS_LEAST
                && bytesToRead <= BYTES_MAX
                && bytesToRead <= GAPS_SHARE * needed
                && id != RecordPointer.BUFFERED) {
            start = from;
            empty = !copy(segments.get(id), bytesToRead);
        }
        return !empty;
    }

    private boolean copy(Segment segment, int length) {
        if (segment.cipher().isEncrypting()) {
            return false;
        }
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, Math.min(BYTES_MAX, 2 * bytes.length))];
        }
        try {
            segment.read(start, bytes, length);
            return true;
        } catch (IOException e) {
            return false; // Reading the records one by one shows which of them is damaged.
        }
    }

    /**
     * Returns the value of a record, in an array owned by the caller; {@code null} if it has to be read from the
     * segment.
     */
    byte @Nullable [] findValue(byte[] key, int offset, int length) {
        return empty ? null : RecordFormat.plainValue(key, bytes, offset - start, length);
    }

    /** Returns the revision of a record that {@link #findValue} has returned a value of. */
    long revision(int offset, int length) {
        return RecordFormat.plainRevision(bytes, offset - start, length);
    }
}
