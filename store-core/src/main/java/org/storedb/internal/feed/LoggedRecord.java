package org.storedb.internal.feed;

import org.storedb.internal.log.Frame;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StoredRecord;

/**
 * A record in a frame that has been read, so it no longer needs a file.
 *
 * @param segment the segment of the frame
 * @param offset where the record begins in the segment
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoggedRecord(Segment segment, Frame frame, byte[] key, int offset, int length) {

    /**
     * Returns its content, verified and decompressed.
     *
     * @throws org.storedb.error.CorruptStoreException if it is not what was written
     */
    StoredRecord decode() {
        RecordPointer pointer = new RecordPointer(segment.id(), offset, length, frame.sequence());
        return RecordReader.decode(segment, key, pointer, frame.record(offset, length));
    }
}
