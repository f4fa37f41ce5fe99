package org.storedb.internal.transaction;

import java.io.IOException;
import java.util.Arrays;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/** Reads records from segments, each verified by its checksum. */
public final class RecordReader {

    private RecordReader() {}

    /**
     * The record of {@code key}.
     *
     * @throws CorruptStoreException if what is there is not what was written
     * @throws StoreIoException if it cannot be read
     */
    public static StoredRecord read(SegmentTable segments, byte[] key, RecordPointer pointer) {
        byte[] record = readVerified(segments, key, pointer);
        ByteReader reader = OperationFormat.recordReader(record);
        long revision = reader.readVarint();
        return new StoredRecord(revision, Arrays.copyOfRange(record, reader.position(), record.length));
    }

    /** The bytes of the record of {@code key} as they are in the log. */
    public static byte[] readVerified(SegmentTable segments, byte[] key, RecordPointer pointer) {
        Segment segment = segments.get(pointer.segment());
        byte[] record;
        try {
            record = segment.read(pointer.offset(), pointer.length());
        } catch (IOException e) {
            throw new StoreIoException(
                    "Cannot read " + pointer.length() + " bytes at " + pointer.offset() + " of " + segment.fileName()
                            + ": " + e.getMessage(),
                    e);
        }
        if (!OperationFormat.verifies(key, record)) {
            throw new CorruptStoreException(
                    segment.fileName(),
                    pointer.offset(),
                    "The record at byte " + pointer.offset() + " of " + segment.fileName()
                            + " does not match its checksum; restore the directory from a backup");
        }
        return record;
    }
}
