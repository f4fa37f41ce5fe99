package org.storedb.internal.feed;

import org.storedb.internal.log.Frame;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StoredRecord;

/**
 * A record in a frame that has been read: it needs no file any more.
 *
 * @param segment that the frame is of
 * @param offset where the record begins in the segment
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoggedRecord(Segment segment, Frame frame, byte[] key, int offset, int length) {

    /**
     * What is in it, verified and decompressed.
     *
     * @throws org.storedb.error.CorruptStoreException if it is not what was written
     */
    StoredRecord decode() {
        RecordPointer pointer = new RecordPointer(segment.id(), offset, length, frame.sequence());
        return RecordReader.decode(segment, key, pointer, frame.record(offset, length));
    }
}
