package org.storedb.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Up to eight bytes of a key as one number: padded with zeros at the end, and with the sign bit flipped, so that the
 * signed order of {@code long} is the unsigned order of the bytes.
 */
public final class KeyHead {

    /** Maximum bytes of a head. */
    public static final int BYTES = Long.BYTES;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyHead() {}

    /** Returns the head of {@code key} from {@code from} on. */
    public static long of(byte[] key, int from) {
        if (key.length - from >= BYTES) {
            return (long) BIG_ENDIAN.get(key, from) ^ Long.MIN_VALUE;
        }
        long bytes = 0;
        for (int i = from; i < key.length; i++) {
            bytes |= (key[i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i - from + 1));
        }
        return bytes ^ Long.MIN_VALUE;
    }

    /** Returns the bytes of a head, the first one highest. */
    public static long bytes(long head) {
        return head ^ Long.MIN_VALUE;
    }

    /** Returns whether only zeros follow the first {@code count} bytes, up to eight. */
    public static boolean isPadded(long head, int count) {
        return count == 0 ? bytes(head) == 0 : bytes(head) << (count * Byte.SIZE) == 0;
    }

    /** Copies the first {@code count} bytes of a head. */
    public static void copy(long head, int count, byte[] target, int at) {
        long bytes = bytes(head);
        for (int i = 0; i < count; i++) {
            target[at + i] = (byte) (bytes >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
    }
}
