package org.storedb.internal.transaction;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * An order in which to put keys into a tree: nearly that of the keys, so that what one needs of the tree is still in the
 * processor's caches from the one before. Puts of the same key stay in their order.
 */
final class PutOrder {

    private static final int NUMBER_BITS = 16;
    private static final int AT_ONCE = 1 << NUMBER_BITS;
    private static final int HEAD_BYTES = (Long.SIZE - NUMBER_BITS) / Byte.SIZE;

    private PutOrder() {}

    /** Hands on all puts. */
    static void forEach(List<RecentPut> puts, Consumer<RecentPut> action) {
        for (int from = 0; from < puts.size(); from += AT_ONCE) {
            forEachOfSome(puts.subList(from, Math.min(puts.size(), from + AT_ONCE)), action);
        }
    }

    private static void forEachOfSome(List<RecentPut> puts, Consumer<RecentPut> action) {
        int prefixBytes = commonPrefixBytes(puts);
        long[] order = new long[puts.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = head(puts.get(i).keyBytes(), prefixBytes) << NUMBER_BITS | i;
        }
        Arrays.sort(order);
        for (long entry : order) {
            action.accept(puts.get((int) (entry & (AT_ONCE - 1))));
        }
    }

    private static int commonPrefixBytes(List<RecentPut> puts) {
        byte[] first = puts.get(0).keyBytes();
        int common = first.length;
        for (RecentPut put : puts) {
            int mismatch =
                    Arrays.mismatch(first, 0, common, put.keyBytes(), 0, Math.min(common, put.keyBytes().length));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    /** The next bytes of a key as a number, in their order. */
    private static long head(byte[] key, int from) {
        long head = 0;
        for (int i = from; i < from + HEAD_BYTES; i++) {
            head = head << Byte.SIZE | (i < key.length ? key[i] & 0xFF : 0);
        }
        return head;
    }
}
