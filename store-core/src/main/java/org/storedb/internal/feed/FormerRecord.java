package org.storedb.internal.feed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreIoException;
import org.storedb.feed.Before;
import org.storedb.feed.Before.Reason;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.RecordLocation;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StoredRecord;

/**
 * The record that a change replaced. It has been read already, since a compaction may remove it at any time; its
 * content is decoded on demand.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record FormerRecord(Segment segment, byte[] key, RecordPointer pointer, byte[] record) {

    /**
     * Returns what existed before a change.
     *
     * @param log where to look; {@code null} if it is not requested
     * @param flags the flags of the operation
     * @param location where the record is; {@code null} if that was not noted
     * @throws StoreIoException if it cannot be read
     */
    static Before<FormerRecord> of(@Nullable CommitLog log, byte[] key, int flags, @Nullable RecordLocation location) {
        if (log == null) {
            return new Before.Unknown<>(Reason.NOT_ASKED_FOR);
        }
        if (location == null) {
            return (flags & OperationFormat.OF_NOTHING) == 0
                    ? new Before.Unknown<>(Reason.NOT_NOTED)
                    : new Before.Nothing<>();
        }
        SegmentTable segments = log.segments();
        if (!segments.contains(location.segment())) {
            return new Before.Unknown<>(Reason.REMOVED);
        }
        Segment segment = segments.get(location.segment());
        RecordPointer pointer =
                new RecordPointer(location.segment(), location.offset(), location.length(), location.sequence());
        try {
            return new Before.Known<>(
                    new FormerRecord(segment, key, pointer, segment.read(location.offset(), location.length())));
        } catch (IOException e) {
            throw new StoreIoException(
                    "Cannot read " + location.length() + " bytes at " + location.offset() + " of " + segment.fileName()
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns its content, verified and decompressed.
     *
     * @throws org.storedb.error.CorruptStoreException if it is not what was written
     */
    StoredRecord decode() {
        return RecordReader.decode(segment, key, pointer, record);
    }
}
