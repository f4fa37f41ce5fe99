package org.storedb.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers that are close to each other, each as its difference from a base in as few bits as the largest difference
 * needs:
 *
 * <pre>
 * [ bits of a difference 1 ] [ base varint, negative ones interleaved: 0, -1, 1, … ] [ differences, first bit first ]
 * </pre>
 */
public final class PackedLongs {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** This many bits can be read with one access, wherever they begin. */
    private static final int BITS_AT_ONCE = Long.SIZE - Byte.SIZE + 1;

    private PackedLongs() {}

    /** Writes the first {@code count} of {@code values}. */
    public static void write(ByteWriter target, long[] values, int count) {
        long least = count == 0 ? 0 : values[0];
        long most = least;
        for (int i = 1; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        // A base costs bytes, too.
        boolean fromZero = least >= 0 && bytes(count, bits(most)) <= bytes(count, bits(most - least)) + Long.BYTES / 2;
        long base = fromZero ? 0 : least;
        int bits = bits(most - base);
        target.putByte(bits).putVarint(base << 1 ^ base >> (Long.SIZE - 1));
        long pending = 0;
        int pendingBits = 0;
        for (int i = 0; i < count; i++) {
            long difference = values[i] - base;
            for (int left = bits; left > 0; ) {
                int taken = Math.min(left, Long.SIZE - pendingBits);
                long part = difference >>> (left - taken);
                part &= -1L >>> (Long.SIZE - taken);
                pending |= part << (Long.SIZE - pendingBits - taken);
                pendingBits += taken;
                left -= taken;
                if (pendingBits == Long.SIZE) {
                    target.putLong(pending);
                    pending = 0;
                    pendingBits = 0;
                }
            }
        }
        for (int written = 0; written < pendingBits; written += Byte.SIZE) {
            target.putByte((int) (pending >>> (Long.SIZE - Byte.SIZE - written)));
        }
    }

    /**
     * Reads as many numbers as were written.
     *
     * @throws MalformedBytesException if there are fewer
     */
    public static void read(ByteReader source, long[] target, int count) {
        int bits = source.readByte();
        if (bits > Long.SIZE) {
            throw new MalformedBytesException("Invalid number width of " + bits + " bits");
        }
        long encoded = source.readVarint();
        long base = encoded >>> 1 ^ -(encoded & 1);
        byte[] packed = padded(source, (int) Math.min(Integer.MAX_VALUE, bytes(count, bits)));
        if (bits == 0) {
            Arrays.fill(target, 0, count, base);
        } else if (bits <= BITS_AT_ONCE) {
            unpack(packed, bits, base, target, count);
        } else {
            unpackWide(packed, bits, base, target, count);
        }
    }

    private static void unpack(byte[] packed, int bits, long base, long[] target, int count) {
        int dropped = Long.SIZE - bits;
        long at = 0;
        for (int i = 0; i < count; i++) {
            long word = (long) LONG.get(packed, (int) (at >>> 3)) << (at & 7);
            target[i] = base + (word >>> dropped);
            at += bits;
        }
    }

    private static void unpackWide(byte[] packed, int bits, long base, long[] target, int count) {
        int upper = bits - Integer.SIZE;
        long at = 0;
        for (int i = 0; i < count; i++) {
            long high = bits(packed, at, upper) << Integer.SIZE;
            target[i] = base + (high | bits(packed, at + upper, Integer.SIZE));
            at += bits;
        }
    }

    /** Returns bytes with enough padding to read whole words. */
    private static byte[] padded(ByteReader source, int length) {
        if (length > source.remaining()) {
            throw new MalformedBytesException(
                    length + " bytes are needed, but only " + source.remaining() + " are left");
        }
        byte[] bytes = new byte[length + Long.BYTES];
        source.readInto(bytes, 0, length);
        return bytes;
    }

    private static long bits(byte[] packed, long at, int bits) {
        long word = (long) LONG.get(packed, (int) (at >>> 3)) << (at & 7);
        return word >>> (Long.SIZE - bits);
    }

    private static int bits(long most) {
        return Long.SIZE - Long.numberOfLeadingZeros(most);
    }

    private static long bytes(int count, int bits) {
        return ((long) count * bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
