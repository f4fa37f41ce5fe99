package org.storedb.benchmark.workload;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/** Random values of 100 bytes, which are incompressible. */
final class Values {

    /** Size of a value in bytes. */
    static final int VALUE_BYTES = 100;

    private static final int POOL_BYTES = 1 << 16;
    private static final byte[] POOL = new byte[POOL_BYTES + VALUE_BYTES];

    static {
        new Random(7).nextBytes(POOL);
    }

    private Values() {}

    /** Returns a value in a new array. */
    static byte[] next(SplittableRandom random) {
        int from = random.nextInt(POOL_BYTES);
        return Arrays.copyOfRange(POOL, from, from + VALUE_BYTES);
    }
}
