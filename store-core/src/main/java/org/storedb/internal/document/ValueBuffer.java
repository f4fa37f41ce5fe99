package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The bytes of a document that is being written: single values in the stored layout, see {@link DocumentFormat}, one
 * after another. Grows as needed, within the bounds of a document. For one thread.
 */
final class ValueBuffer {

    private final DocumentBounds bounds;
    private byte[] bytes = new byte[512];
    private int size;

    ValueBuffer(DocumentBounds bounds) {
        this.bounds = bounds;
        reset();
    }

    /** Discards all values. */
    void reset() {
        bytes[0] = DocumentFormat.VERSION;
        size = DocumentFormat.VERSION_BYTES;
    }

    boolean isEmpty() {
        return size == DocumentFormat.VERSION_BYTES;
    }

    /** Returns where the next value will begin. */
    int size() {
        return size;
    }

    int capacityBytes() {
        return bytes.length;
    }

    byte[] toBytes() {
        bounds.requireBytes(size);
        return Arrays.copyOf(bytes, size);
    }

    /**
     * Moves all values from {@code start} up, to make room before them.
     *
     * @return the array that has the room; valid until the next value is written
     */
    byte[] insert(int start, long count) {
        ensure(count);
        System.arraycopy(bytes, start, bytes, start + (int) count, size - start);
        size += (int) count;
        return bytes;
    }

    void putNull() {
        put(DocumentFormat.NULL);
    }

    void putBoolean(boolean value) {
        put(value ? DocumentFormat.TRUE : DocumentFormat.FALSE);
    }

    void putLong(long value) {
        ensure(1 + Long.BYTES);
        if (value >= DocumentFormat.SMALL_INT_MIN && value <= DocumentFormat.SMALL_INT_MAX) {
            bytes[size++] = (byte) (DocumentFormat.SMALL_INT + (int) value - DocumentFormat.SMALL_INT_MIN);
        } else if (value == (byte) value) {
            bytes[size++] = DocumentFormat.INT_8;
            bytes[size++] = (byte) value;
        } else if (value == (short) value) {
            bytes[size++] = DocumentFormat.INT_16;
            BigEndian.put(bytes, size, (int) value, Short.BYTES);
            size += Short.BYTES;
        } else if (value == (int) value) {
            bytes[size++] = DocumentFormat.INT_32;
            BigEndian.putInt(bytes, size, (int) value);
            size += Integer.BYTES;
        } else {
            bytes[size++] = DocumentFormat.INT_64;
            BigEndian.putLong(bytes, size, value);
            size += Long.BYTES;
        }
    }

    void putDouble(double value) {
        ensure(1 + Double.BYTES);
        bytes[size++] = DocumentFormat.DOUBLE;
        BigEndian.putLong(bytes, size, Double.doubleToLongBits(value));
        size += Double.BYTES;
    }

    void putInteger(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            putLong(value.longValue());
        } else {
            putContent(DocumentFormat.BIG_INTEGER, value.toByteArray());
        }
    }

    void putDecimal(BigDecimal value) {
        ensure(1 + Integer.BYTES);
        int scale = value.scale();
        if (scale == (byte) scale) {
            bytes[size++] = DocumentFormat.DECIMAL;
            bytes[size++] = (byte) scale;
        } else {
            bytes[size++] = DocumentFormat.DECIMAL_WIDE;
            BigEndian.putInt(bytes, size, scale);
            size += Integer.BYTES;
        }
        putInteger(value.unscaledValue());
    }

    /**
     * Writes a string.
     *
     * @param length how many bytes it takes in UTF-8, see {@link Utf8#length}
     */
    void putString(String value, int length) {
        if (length <= DocumentFormat.SHORT_STRING_BYTES_MAX) {
            ensure(1L + length);
            bytes[size++] = (byte) (DocumentFormat.SHORT_STRING + length);
        } else {
            putHeader(DocumentFormat.STRING, length);
        }
        size = Utf8.write(value, length, bytes, size);
    }

    void putBinary(byte[] value) {
        putContent(DocumentFormat.BINARY, value);
    }

    private void putContent(int tag, byte[] content) {
        putHeader(tag, content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /** Writes tag and length and makes room for the content. */
    private void putHeader(int tag, int length) {
        int widthCode = DocumentFormat.widthCode(length);
        int width = 1 << widthCode;
        ensure(1L + width + length);
        bytes[size++] = (byte) (tag | widthCode);
        BigEndian.put(bytes, size, length, width);
        size += width;
    }

    private void put(int tag) {
        ensure(1);
        bytes[size++] = (byte) tag;
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed <= bytes.length) {
            return;
        }
        bounds.requireBytes(needed);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), Integer.MAX_VALUE - 64));
    }
}
