package org.storedb.benchmark.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An endless sequence of distinct keys of 16 random-looking bytes, computed from their numbers, so that a benchmark can
 * draw from any number of keys without storing them.
 */
public final class KeySet {

    /** Size of a key in bytes. */
    public static final int KEY_BYTES = 16;

    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeySet() {}

    /** Returns the key with this number, in a new array. */
    public static byte[] key(long number) {
        byte[] key = new byte[KEY_BYTES];
        LONGS.set(key, 0, mix(number * GOLDEN_GAMMA)); // A bijection, so no two keys are the same.
        LONGS.set(key, 8, mix(~number));
        return key;
    }

    /** Applies the finalizer of SplitMix64: every bit of the result depends on every bit of {@code value}. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
