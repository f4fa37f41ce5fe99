package org.storedb.internal.index;

import java.util.Arrays;

/** The position at which to split a node, and the separator. */
final class SplitPoint {

    private SplitPoint() {}

    /** Returns the shortest key that is above {@code below} and not above {@code from}. */
    static byte[] separator(byte[] below, byte[] from) {
        return Arrays.copyOf(from, PackedKeys.commonPrefixBytes(below, from) + 1);
    }

    /**
     * Returns the position at which to split {@code keys} so that the larger part becomes as small as possible, counted
     * in bytes after each part's common prefix. One key that shares nothing with the others can make all of them long;
     * this then splits it off, and the others are short again.
     *
     * @param atLeast how many keys each part must keep
     * @param dropped how many keys from the position on go to neither part
     */
    static int byBytes(byte[][] keys, int atLeast, int dropped) {
        int best = atLeast;
        long bestBytes = Long.MAX_VALUE;
        for (int at = atLeast; at + dropped + atLeast <= keys.length; at++) {
            long larger = Math.max(suffixBytes(keys, 0, at), suffixBytes(keys, at + dropped, keys.length));
            if (larger < bestBytes) {
                best = at;
                bestBytes = larger;
            }
        }
        return best;
    }

    /** Returns the bytes of {@code keys[from] … keys[to - 1]} after their common prefix. */
    static long suffixBytes(byte[][] keys, int from, int to) {
        long bytes = -(long) (to - from) * PackedKeys.commonPrefixBytes(keys[from], keys[to - 1]);
        for (int i = from; i < to; i++) {
            bytes += keys[i].length;
        }
        return bytes;
    }
}
