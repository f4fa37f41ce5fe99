package org.storedb.internal.index;

import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.KeyHead;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.bytes.PackedLongs;

/** The shape of a key in {@link PackedKeys}, as one number: how many bytes its head has, and where its tail ends. */
final class PackedShape {

    private static final int HEAD_BITS = 4; // The lowest; above them is the end of the tail.
    private static final int HEAD_MASK = (1 << HEAD_BITS) - 1;

    private PackedShape() {}

    static int of(int headBytes, int tailEnd) {
        return tailEnd << HEAD_BITS | headBytes;
    }

    static int headBytes(int shape) {
        return shape & HEAD_MASK;
    }

    static int tailEnd(int shape) {
        return shape >>> HEAD_BITS;
    }

    /** Returns the shape of the same key whose tail ends this many bytes later. */
    static int moved(int shape, int bytes) {
        return shape + (bytes << HEAD_BITS);
    }

    /**
     * Reads the shapes of consecutive keys, of which only the lengths after the prefix are stored. Impossible lengths
     * result in impossible shapes.
     *
     * @throws MalformedBytesException if there are no such lengths
     */
    static int[] read(ByteReader source, int count) {
        long[] lengths = new long[count];
        PackedLongs.read(source, lengths, count);
        int[] shapes = new int[count];
        int tailEnd = 0;
        for (int i = 0; i < count; i++) {
            int length =
                    (int) Math.max(0, Math.min(lengths[i], CountedTree.KEY_BYTES_MAX + 1L)); // Any excess is too long.
            tailEnd += Math.max(0, length - KeyHead.BYTES);
            shapes[i] = of(Math.min(length, KeyHead.BYTES), tailEnd);
        }
        return shapes;
    }
}
