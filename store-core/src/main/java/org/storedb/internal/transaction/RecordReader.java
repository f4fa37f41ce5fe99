package org.storedb.internal.transaction;

import java.io.IOException;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.codec.ValueCodecs;
import org.storedb.internal.log.Corruption;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/** Reads records from segments, each verified by its checksum. */
public final class RecordReader {

    private RecordReader() {}

    /**
     * Returns the record of {@code key}.
     *
     * @throws CorruptStoreException if the bytes are not what was written
     * @throws StoreIoException if it cannot be read
     * @throws MissingLibraryException if it is compressed by a library that is missing
     */
    public static StoredRecord read(SegmentTable segments, byte[] key, RecordPointer pointer) {
        Segment segment = segments.get(pointer.segment());
        long head = head(segment, pointer);
        if (!RecordFormat.hasTag(head)) {
            return readWhole(segment, key, pointer);
        }
        return new StoredRecord(RecordFormat.revision(head), value(segment, key, pointer, head));
    }

    /** Returns only the value of what {@link #read} returns. */
    public static byte[] readValue(SegmentTable segments, byte[] key, RecordPointer pointer) {
        Segment segment = segments.get(pointer.segment());
        long head = head(segment, pointer);
        return RecordFormat.hasTag(head)
                ? value(segment, key, pointer, head)
                : readWhole(segment, key, pointer).value();
    }

    /** Returns the content of the record of {@code key}, verified and as stored. */
    public static RecordFormat.Content readVerified(SegmentTable segments, byte[] key, RecordPointer pointer) {
        return content(segments.get(pointer.segment()), key, pointer);
    }

    private static long head(Segment segment, RecordPointer pointer) {
        try {
            return RecordFormat.readHead(segment, pointer.offset(), pointer.length());
        } catch (IOException e) {
            throw unreadable(segment, pointer, e);
        }
    }

    private static byte[] value(Segment segment, byte[] key, RecordPointer pointer, long head) {
        byte[] stored;
        try {
            stored = RecordFormat.readValue(segment, pointer.offset(), pointer.length(), key, head);
        } catch (IOException e) {
            throw unreadable(segment, pointer, e);
        }
        if (stored == null) {
            throw Corruption.inRecord(segment, pointer.offset(), "does not match its checksum");
        }
        int codec = RecordFormat.codec(head);
        return codec == ValueCodecs.PLAIN ? stored : unpacked(segment, pointer, codec, stored, 0, stored.length);
    }

    private static StoredRecord readWhole(Segment segment, byte[] key, RecordPointer pointer) {
        return unpacked(segment, pointer, content(segment, key, pointer));
    }

    /**
     * Returns the record of {@code key}, all bytes of which have been read already.
     *
     * @throws CorruptStoreException if it is not what was written
     * @throws MissingLibraryException if it is compressed by a library that is missing
     */
    public static StoredRecord decode(Segment segment, byte[] key, RecordPointer pointer, byte[] record) {
        return unpacked(segment, pointer, verified(segment, key, pointer, record));
    }

    private static RecordFormat.Content content(Segment segment, byte[] key, RecordPointer pointer) {
        byte[] record;
        try {
            record = segment.read(pointer.offset(), pointer.length());
        } catch (IOException e) {
            throw unreadable(segment, pointer, e);
        }
        return verified(segment, key, pointer, record);
    }

    private static RecordFormat.Content verified(Segment segment, byte[] key, RecordPointer pointer, byte[] record) {
        RecordFormat.Content content;
        try {
            content = RecordFormat.read(segment, pointer.offset(), pointer.sequence(), key, record);
        } catch (MalformedBytesException e) {
            throw Corruption.inRecord(segment, pointer.offset(), "is malformed: " + e.getMessage(), e);
        }
        if (content == null) {
            throw Corruption.inRecord(segment, pointer.offset(), "does not match its checksum");
        }
        return content;
    }

    /**
     * Returns the error for a record that matches its checksum but is malformed.
     *
     * @param what names the record; begins a sentence
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

    private static StoredRecord unpacked(Segment segment, RecordPointer pointer, RecordFormat.Content content) {
        byte[] value = unpacked(segment, pointer, content.codec(), content.bytes(), content.offset(), content.length());
        return new StoredRecord(content.revision(), value, content.expiry());
    }

    private static byte[] unpacked(
            Segment segment, RecordPointer pointer, int codec, byte[] stored, int offset, int length) {
        try {
            return ValueCodecs.unpack(codec, stored, offset, length);
        } catch (MalformedBytesException e) {
            throw Corruption.inRecord(segment, pointer.offset(), "cannot be decompressed", e);
        }
    }

    private static StoreIoException unreadable(Segment segment, RecordPointer pointer, IOException e) {
        return new StoreIoException(
                "Cannot read " + pointer.length() + " bytes at " + pointer.offset() + " of " + segment.fileName() + ": "
                        + e.getMessage(),
                e);
    }
}
