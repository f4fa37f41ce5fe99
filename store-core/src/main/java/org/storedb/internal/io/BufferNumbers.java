package org.storedb.internal.io;

import java.nio.ByteBuffer;

/** Short numbers in buffers. */
final class BufferNumbers {

    private BufferNumbers() {}

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
