package org.storedb.internal.index;

import java.util.Arrays;

/** Where to split a node, and by what key. */
final class SplitPoint {

    private SplitPoint() {}

    /** The shortest key that is above {@code below} and not above {@code from}. */
    static byte[] separator(byte[] below, byte[] from) {
        return Arrays.copyOf(from, PackedKeys.commonPrefixBytes(below, from) + 1);
    }

    /**
     * The position at which to split {@code keys} so that the larger part becomes smallest, counted in bytes after each
     * part's common prefix. One key that shares nothing with the others can make all of them long; then this splits it
     * off, and the others are short again.
     *
     * @param atLeast how many keys each part must keep
     * @param dropped how many keys from the position on go to neither part
     */
    static int byBytes(byte[][] keys, int atLeast, int dropped) {
        long[] bytesBefore = new long[keys.length + 1];
        int[] sharedFrom = new int[keys.length + 1];
        sharedFrom[keys.length] = Integer.MAX_VALUE;
        for (int i = keys.length - 1; i >= 0; i--) {
            int shared = i == keys.length - 1 ? keys[i].length : PackedKeys.commonPrefixBytes(keys[i], keys[i + 1]);
            sharedFrom[i] = Math.min(shared, sharedFrom[i + 1]);
        }
        for (int i = 0; i < keys.length; i++) {
            bytesBefore[i + 1] = bytesBefore[i] + keys[i].length;
        }
        int best = atLeast;
        long bestBytes = Long.MAX_VALUE;
        long sharedBefore = Long.MAX_VALUE;
        for (int at = 1; at + dropped + atLeast <= keys.length; at++) {
            sharedBefore = Math.min(
                    sharedBefore, at == 1 ? keys[0].length : PackedKeys.commonPrefixBytes(keys[at - 2], keys[at - 1]));
            if (at < atLeast) {
                continue;
            }
            int rest = at + dropped;
            long left = bytesBefore[at] - at * sharedBefore;
            long right = bytesBefore[keys.length] - bytesBefore[rest] - (long) (keys.length - rest) * sharedFrom[rest];
            if (Math.max(left, right) < bestBytes) {
                best = at;
                bestBytes = Math.max(left, right);
            }
        }
        return best;
    }
}
