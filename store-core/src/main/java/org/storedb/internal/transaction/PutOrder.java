package org.storedb.internal.transaction;

import java.util.List;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.bytes.Touched;

/**
 * The order in which to put keys into trees: that of the keys, so that what one needs of a tree is still in the processor's
 * caches from the one before. Puts of the same key stay in their order.
 */
final class PutOrder {

    static final int TOUCHED_AT_ONCE = 16;

    private PutOrder() {}

    /** Hands on all puts. */
    static void forEach(List<RecentPut> puts, Target target) {
        List<RecentPut> sorted = KeyOrder.sorted(puts, RecentPut::keyBytes);
        int end = sorted.size();
        for (int i = 0; i < end; i++) {
            if (i % TOUCHED_AT_ONCE == 0) {
                List<RecentPut> next = sorted.subList(i, Math.min(end, i + TOUCHED_AT_ONCE));
                touch(next);
                target.upcoming(next);
            }
            RecentPut put = sorted.get(i);
            if (i + 1 < end && put.key().equals(sorted.get(i + 1).key())) {
                target.superseded(put);
            } else {
                target.put(put);
            }
        }
    }

    /** They are anywhere in memory. */
    private static void touch(List<RecentPut> puts) {
        long sum = 0;
        for (int i = 0; i < puts.size(); i++) {
            RecentPut put = puts.get(i);
            sum += put.pointer().offset() + put.keyBytes().length;
        }
        Touched.keep(sum);
    }

    /** Where the puts go. */
    interface Target {

        /** Is told what comes next, {@link #TOUCHED_AT_ONCE} puts at most. */
        void upcoming(List<RecentPut> puts);

        /** Takes a put. */
        void put(RecentPut put);

        /** Takes a put whose key has another one that comes right after it. */
        void superseded(RecentPut put);
    }
}
