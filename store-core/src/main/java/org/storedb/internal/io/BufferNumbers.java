package org.storedb.internal.io;

import java.nio.ByteBuffer;

/** Short numbers in buffers. */
final class BufferNumbers {

    private static final int CACHE_LINE_BYTES = 64;

    /** What follows in memory the processor brings by itself. */
    private static final int TOUCHED_BYTES_MAX = 1024;

    private BufferNumbers() {}

    /** The sum of a byte of each cache line that these bytes lie in, or that the first of many do. */
    static long touch(ByteBuffer source, int position, int length) {
        int last = position + Math.min(length, TOUCHED_BYTES_MAX) - 1;
        long sum = source.get(last);
        for (int at = position; at < last; at += CACHE_LINE_BYTES) {
            sum += source.get(at);
        }
        return sum;
    }

    /** The big-endian number of {@code length} bytes, 1 to 8, at {@code position} of a big-endian buffer. */
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
