package org.storedb.internal.compaction;

import java.io.IOException;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.log.Corruption;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.StoreState;

/** A record in a segment, to be copied if it is live. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LiveRecord(int treeId, byte[] key, long sequence, Segment segment, int offset, int length) {

    /** Returns whether it is current, see {@link StoreState#isCurrent}. */
    boolean isCurrent(StoreState state) {
        return state.isCurrent(treeId, key, segment.id(), offset, length);
    }

    /** Returns the bytes of the record and its key. */
    int bytes() {
        return key.length + length;
    }

    /** Reads the memory that {@link #read} needs; the return value means nothing. See {@link Touched}. */
    long touch() {
        return segment.touch(offset, length);
    }

    /**
     * Returns its content, verified.
     *
     * @throws CorruptStoreException if it is not what was written
     */
    RecordFormat.Content read() throws IOException {
        RecordFormat.Content content;
        try {
            content = RecordFormat.read(segment, offset, sequence, key, segment.read(offset, length));
        } catch (MalformedBytesException e) {
            throw Corruption.inRecord(segment, offset, "is malformed", e);
        }
        if (content == null) {
            throw Corruption.inRecord(segment, offset, "does not match its checksum");
        }
        return content;
    }
}
