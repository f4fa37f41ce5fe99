package org.storedb.internal.io;

import java.nio.ByteBuffer;

/** Reads short numbers from buffers. */
final class BufferNumbers {

    private static final int CACHE_LINE_BYTES = 64;

    /** The processor prefetches what follows in memory. */
    private static final int TOUCHED_BYTES_MAX = 1024;

    private BufferNumbers() {}

    /** Returns the sum of one byte of each cache line of these bytes, or of the first part of many bytes. */
    static long touch(ByteBuffer source, int position, int length) {
        int last = position + Math.min(length, TOUCHED_BYTES_MAX) - 1;
        long sum = source.get(last);
        for (int at = position; at < last; at += CACHE_LINE_BYTES) {
            sum += source.get(at);
        }
        return sum;
    }

    /** Returns the big-endian number of {@code length} bytes, 1 to 8, at {@code position} of a big-endian buffer. */
    static long read(ByteBuffer source, int position, int length) {
        if (length == Long.BYTES) {
            return source.getLong(position);
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = (number << Byte.SIZE) | (source.get(position + i) & 0xFF);
        }
        return number;
    }
}
