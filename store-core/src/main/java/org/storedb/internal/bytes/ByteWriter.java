package org.storedb.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;

/**
 * A growing byte array to which values are appended, big-endian. Reusable through {@link #reset(int)}. Not safe for use
 * by several threads.
 */
public final class ByteWriter {

    /** A little less than the largest array that every JVM can create. */
    private static final int CAPACITY_MAX = Integer.MAX_VALUE - 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteWriter() {
        this(64);
    }

    public ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Returns the number of bytes written. */
    public int size() {
        return size;
    }

    /** Returns the array that is written to; valid up to {@link #size()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Discards what was written, and the array itself if it has grown beyond {@code capacityKept}. */
    public void reset(int capacityKept) {
        size = 0;
        if (bytes.length > capacityKept) {
            bytes = new byte[capacityKept];
        }
    }

    public ByteWriter putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Writes the lower two bytes of {@code value}. */
    public ByteWriter putShort(int value) {
        return putByte(value >>> Byte.SIZE).putByte(value);
    }

    public ByteWriter putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    public ByteWriter putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** Writes the 16 bytes of {@code value}, the most significant first. */
    public ByteWriter putUuid(UUID value) {
        return putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    /** Writes 7 bits per byte, lowest first; negative values take 10 bytes. */
    public ByteWriter putVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public ByteWriter putBytes(byte[] source) {
        return putBytes(source, 0, source.length);
    }

    public ByteWriter putBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** Writes the length as a varint, then the bytes. */
    public ByteWriter putLengthAndBytes(byte[] source) {
        putVarint(source.length);
        return putBytes(source);
    }

    /** Overwrites four bytes at {@code position}, which have been written before. */
    public void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    /** Overwrites eight bytes at {@code position}, which have been written before. */
    public void setLong(int position, long value) {
        LONG.set(bytes, position, value);
    }

    /** Adds bytes that are to be overwritten; until then they are undefined. */
    public ByteWriter skip(int length) {
        ensure(length);
        size += length;
        return this;
    }

    /** Returns the number of bytes that {@link #putVarint} writes. */
    public static int varintBytes(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max((long) size + more, Math.min(2L * bytes.length, CAPACITY_MAX));
            if (wanted > CAPACITY_MAX) {
                throw new IllegalStateException("More than " + CAPACITY_MAX + " bytes in one buffer");
            }
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
    }
}
