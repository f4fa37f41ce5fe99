package org.storedb.internal.log;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.storedb.internal.bytes.ByteWriter;

/**
 * A record that is not encrypted, together with the key that its operation has right before it, so that its key can be
 * told from the log alone:
 *
 * <pre>
 * [ key length varint ] [ key ] [ record length varint ] [ record ]     see {@link OperationFormat}
 * </pre>
 */
public final class KeyedRecord {

    /** Stands for no such record. */
    public static final long NONE = -1;

    private static final int VARINT_BITS = 7;
    private static final int VARINT_CONTINUES = 1 << VARINT_BITS;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyedRecord() {}

    /** Returns where the key length of a record begins. */
    public static int start(int keyBytes, int recordOffset, int recordBytes) {
        return recordOffset - ByteWriter.varintBytes(recordBytes) - keyBytes - ByteWriter.varintBytes(keyBytes);
    }

    /**
     * Looks for a record of {@code key} at {@code start}.
     *
     * @param start where a record and its key begin
     * @param end where to stop reading
     * @return {@link #offset} and {@link #length} of the record, or {@link #NONE} if it has another key, is encrypted,
     *     or is incomplete
     * @throws IOException if it cannot be read
     */
    public static long find(Segment segment, int start, int end, byte[] key) throws IOException {
        if (segment.cipher().isEncrypting()) {
            return NONE;
        }
        int keyStart = start + ByteWriter.varintBytes(key.length);
        int keyEnd = keyStart + key.length;
        if (keyEnd > end || readVarint(segment, start, keyStart) != key.length || !isKey(segment, keyStart, key)) {
            return NONE;
        }
        long length = readVarint(segment, keyEnd, end);
        int offset = keyEnd + ByteWriter.varintBytes(length);
        return length > 0 && length <= end - offset ? (long) offset << Integer.SIZE | length : NONE;
    }

    /** Returns the offset of a record that {@link #find} has found. */
    public static int offset(long found) {
        return (int) (found >>> Integer.SIZE);
    }

    /** Returns the length of that record. */
    public static int length(long found) {
        return (int) found;
    }

    /** Reads a varint of up to five bytes; returns -1 if it does not end before {@code end}. */
    private static long readVarint(Segment segment, int start, int end) throws IOException {
        long number = 0;
        for (int i = 0; i < 5 && start + i < end; i++) {
            long next = segment.readNumber(start + i, 1);
            number |= (next & (VARINT_CONTINUES - 1)) << (VARINT_BITS * i);
            if (next < VARINT_CONTINUES) {
                return number;
            }
        }
        return -1;
    }

    private static boolean isKey(Segment segment, int start, byte[] key) throws IOException {
        int last = key.length - Long.BYTES;
        if (last < 0) {
            return isShortKey(segment, start, key);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if (segment.readNumber(start + i, Long.BYTES) != (long) LONGS.get(key, i)) {
                return false;
            }
        }
        return segment.readNumber(start + last, Long.BYTES) == (long) LONGS.get(key, last);
    }

    private static boolean isShortKey(Segment segment, int start, byte[] key) throws IOException {
        for (int i = 0; i < key.length; i++) {
            if (segment.readNumber(start + i, 1) != (key[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
