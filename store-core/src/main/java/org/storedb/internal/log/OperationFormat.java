package org.storedb.internal.log;

import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * Layout of the operations in the body of a frame. A varint has 7 bits a byte, the lowest first.
 *
 * <pre>
 * operation:  [ kind 1 ] [ tree id varint ] [ sequence varint, in a RELOCATION only ] [ key length varint ] [ key ]
 *             and for a PUT [ record length varint ] [ record ]
 *
 * record:     [ checksum 4 ] [ revision varint ] [ value ]
 * </pre>
 *
 * <p>The record's checksum (CRC-32C, big-endian) is of the key, then of the record after the checksum. So one value can
 * be read and verified alone, and a record that belongs to another key does not verify.
 */
public final class OperationFormat {

    static final int PUT = 1;
    static final int DELETE = 2;

    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private OperationFormat() {}

    /** Bytes of the record of a value. */
    public static int recordBytes(long revision, int valueBytes) {
        return CHECKSUM_BYTES + ByteWriter.varintBytes(revision) + valueBytes;
    }

    /**
     * Writes a put as part of a commit.
     *
     * @return where the record begins in {@code body}
     */
    public static int writePut(ByteWriter body, int treeId, byte[] key, long revision, byte[] value) {
        body.putByte(PUT).putVarint(treeId).putLengthAndBytes(key);
        body.putVarint(recordBytes(revision, value.length));
        int record = body.size();
        body.putInt(0).putVarint(revision).putBytes(value);
        body.setInt(record, checksum(key, body.array(), record + CHECKSUM_BYTES, body.size()));
        return record;
    }

    /** Writes a delete as part of a commit. */
    public static void writeDelete(ByteWriter body, int treeId, byte[] key) {
        body.putByte(DELETE).putVarint(treeId).putLengthAndBytes(key);
    }

    /**
     * Writes a put with the record that an earlier commit wrote.
     *
     * @return where the record begins in {@code body}
     */
    public static int writeRelocatedPut(ByteWriter body, int treeId, long sequence, byte[] key, byte[] record) {
        body.putByte(PUT).putVarint(treeId).putVarint(sequence).putLengthAndBytes(key);
        body.putVarint(record.length);
        int position = body.size();
        body.putBytes(record);
        return position;
    }

    /** Writes a delete that an earlier commit wrote. */
    public static void writeRelocatedDelete(ByteWriter body, int treeId, long sequence, byte[] key) {
        body.putByte(DELETE).putVarint(treeId).putVarint(sequence).putLengthAndBytes(key);
    }

    /** Whether a record is the one of {@code key}, unchanged. */
    public static boolean verifies(byte[] key, byte[] record) {
        if (record.length <= CHECKSUM_BYTES) {
            return false;
        }
        int stored = new ByteReader(record).readInt();
        return stored == checksum(key, record, CHECKSUM_BYTES, record.length);
    }

    /** A reader of the verified record that stands before its revision; the value is what is left after it. */
    public static ByteReader recordReader(byte[] record) {
        return new ByteReader(record, CHECKSUM_BYTES, record.length - CHECKSUM_BYTES);
    }

    /**
     * Calls {@code consumer} with each operation of a frame.
     *
     * @throws MalformedBytesException if the body is not what {@code write…} wrote
     */
    public static void forEach(Frame frame, OperationConsumer consumer) {
        ByteReader reader = new ByteReader(frame.body());
        for (int i = 0; i < frame.operations(); i++) {
            int kind = reader.readByte();
            int treeId = reader.readVarintAsInt();
            long sequence = frame.kind() == FrameKind.RELOCATION ? reader.readVarint() : frame.sequence();
            byte[] key = reader.readLengthAndBytes();
            if (kind == PUT) {
                int length = reader.readLength();
                consumer.put(treeId, sequence, key, frame.bodyOffset() + reader.position(), length);
                reader.skip(length);
            } else if (kind == DELETE) {
                consumer.delete(treeId, sequence, key);
            } else {
                throw new MalformedBytesException("Operation of unknown kind " + kind);
            }
        }
        if (reader.remaining() > 0) {
            throw new MalformedBytesException(reader.remaining() + " bytes after the last operation");
        }
    }

    private static int checksum(byte[] key, byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /** Takes the operations of a frame. */
    public interface OperationConsumer {

        /**
         * A key got a record.
         *
         * @param recordOffset where the record begins in the segment
         */
        void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength);

        /** A key was removed. */
        void delete(int treeId, long sequence, byte[] key);
    }
}
