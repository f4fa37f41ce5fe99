package org.storedb.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;

/**
 * Reads what {@link ByteWriter} wrote from a part of a byte array. It never reads outside that part, whatever the bytes
 * are, but throws a {@link MalformedBytesException}. Not safe for use by several threads.
 */
public final class ByteReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Returns the index of the next byte in the array. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    /** Reads an unsigned number of two bytes. */
    public int readShort() {
        return readByte() << Byte.SIZE | readByte();
    }

    public int readInt() {
        require(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long readLong() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    /** Reads 16 bytes, the most significant first. */
    public UUID readUuid() {
        return new UUID(readLong(), readLong());
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedBytesException("A varint of more than 10 bytes ends at " + position);
    }

    /** Reads a varint that gives the length of a part of the remaining bytes. */
    public int readLength() {
        long length = readVarint();
        if (length < 0 || length > remaining()) {
            throw new MalformedBytesException("Invalid length " + length + ", only " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    /** Reads a varint that must fit a non-negative {@code int}. */
    public int readVarintAsInt() {
        long value = readVarint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedBytesException(value + " is not between 0 and " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    public byte[] readBytes(int length) {
        require(length);
        byte[] result = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return result;
    }

    /** Reads bytes into a part of an array. */
    public void readInto(byte[] target, int offset, int length) {
        require(length);
        System.arraycopy(bytes, position, target, offset, length);
        position += length;
    }

    /** Reads a length, then that many bytes. */
    public byte[] readLengthAndBytes() {
        return readBytes(readLength());
    }

    public void skip(int length) {
        require(length);
        position += length;
    }

    private void require(int length) {
        if (length < 0 || length > end - position) {
            throw new MalformedBytesException(length + " bytes are needed, but only " + remaining() + " are left");
        }
    }
}
