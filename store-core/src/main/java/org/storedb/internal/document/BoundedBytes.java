package org.storedb.internal.document;

import java.math.BigInteger;

/** Reads stored values of simple types. Reading beyond the limit throws a {@link MalformedDocumentException}. */
final class BoundedBytes {

    private BoundedBytes() {}

    static long longAt(byte[] bytes, int at, int limit) {
        int tag = tagAt(bytes, at, limit);
        if (tag >= DocumentFormat.SMALL_INT && tag < DocumentFormat.SHORT_STRING) {
            int small = tag - DocumentFormat.SMALL_INT + DocumentFormat.SMALL_INT_MIN;
            return small;
        }
        if (tag < DocumentFormat.INT_8 || tag > DocumentFormat.INT_64) {
            throw new MalformedDocumentException("Invalid integer tag " + tag + ", at byte " + at);
        }
        require(at + 1L, 1 << (tag - DocumentFormat.INT_8), limit);
        return switch (tag) {
            case DocumentFormat.INT_8 -> bytes[at + 1];
            case DocumentFormat.INT_16 -> BigEndian.getShort(bytes, at + 1);
            case DocumentFormat.INT_32 -> BigEndian.getInt(bytes, at + 1);
            default -> BigEndian.getLong(bytes, at + 1);
        };
    }

    static BigInteger integerAt(byte[] bytes, int at, int limit) {
        int tag = tagAt(bytes, at, limit);
        if ((tag & ~3) != DocumentFormat.BIG_INTEGER) {
            return BigInteger.valueOf(longAt(bytes, at, limit));
        }
        int width = DocumentFormat.width(tag);
        int length = lengthAt(bytes, at + 1, width, limit);
        require(at + 1L + width, length, limit);
        if (length == 0 || length > DocumentFormat.BIG_INTEGER_BYTES_MAX) {
            throw new MalformedDocumentException("An integer cannot have " + length + " bytes, at byte " + at);
        }
        return new BigInteger(bytes, at + 1 + width, length);
    }

    static int lengthAt(byte[] bytes, int at, int width, int limit) {
        require(at, width, limit);
        int length = BigEndian.get(bytes, at, width);
        if (length < 0) {
            throw new MalformedDocumentException("Invalid value length " + length + ", at byte " + at);
        }
        return length;
    }

    static int tagAt(byte[] bytes, int at, int limit) {
        require(at, 1, limit);
        return bytes[at] & 0xFF;
    }

    static void require(long from, long length, int limit) {
        if (from + length > limit) {
            throw new MalformedDocumentException(
                    length + " bytes from byte " + from + " exceed the value, which ends at byte " + limit);
        }
    }
}
