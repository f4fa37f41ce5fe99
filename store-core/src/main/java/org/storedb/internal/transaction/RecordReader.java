package org.storedb.internal.transaction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.codec.ValueCodecs;
import org.storedb.internal.log.RecordFormat;
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
     * @throws MissingLibraryException if it is compressed by a library that is not there
     */
    public static StoredRecord read(SegmentTable segments, byte[] key, RecordPointer pointer) {
        RecordFormat.Content content = readVerified(segments, key, pointer);
        try {
            byte[] value = ValueCodecs.unpack(content.codec(), content.bytes(), content.offset(), content.length());
            return new StoredRecord(content.revision(), value);
        } catch (MalformedBytesException e) {
            throw damaged(segments.get(pointer.segment()), pointer, "cannot be decompressed", e);
        }
    }

    /** What is in the record of {@code key}, verified and as it is stored. */
    public static RecordFormat.Content readVerified(SegmentTable segments, byte[] key, RecordPointer pointer) {
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
        RecordFormat.Content content;
        try {
            content = RecordFormat.read(segment, pointer.offset(), pointer.sequence(), key, record);
        } catch (MalformedBytesException e) {
            throw damaged(segment, pointer, "is malformed: " + e.getMessage(), e);
        }
        if (content == null) {
            throw damaged(segment, pointer, "does not match its checksum", null);
        }
        return content;
    }

    /**
     * The error for a record that matches its checksum and is not what it should be.
     *
     * @param what the record, as the beginning of a sentence
     */
    public static CorruptStoreException malformed(
            SegmentTable segments, RecordPointer pointer, String what, MalformedBytesException cause) {
        String file = segments.get(pointer.segment()).fileName();
        return new CorruptStoreException(
                file,
                pointer.offset(),
                what + ", at byte " + pointer.offset() + " of " + file + ", is malformed: " + cause.getMessage()
                        + "; restore the directory from a backup, or salvage what can be read",
                cause);
    }

    private static CorruptStoreException damaged(
            Segment segment, RecordPointer pointer, String how, @Nullable Throwable cause) {
        return new CorruptStoreException(
                segment.fileName(),
                pointer.offset(),
                "The record at byte " + pointer.offset() + " of " + segment.fileName() + " " + how
                        + "; restore the directory from a backup",
                cause);
    }
}
