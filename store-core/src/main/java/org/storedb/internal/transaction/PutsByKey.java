package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.AscendingPuts;

/**
 * Puts on their way into one tree in the order of their keys, so that what one needs of the tree is still in the
 * processor's caches from the one before. Of several puts of the same key only the last one is delivered. For one
 * thread.
 */
final class PutsByKey implements AscendingPuts<RecordPointer> {

    static final int TOUCHED_AT_ONCE = 16;

    private final List<RecentPut> sorted;
    private final Target target;
    private int current = -1;

    /** Creates a run of puts of one tree, given in the order of their commits. */
    PutsByKey(List<RecentPut> puts, Target target) {
        this.sorted = KeyOrder.sorted(puts, RecentPut::key);
        this.target = target;
    }

    /** Returns puts grouped by tree, keeping their order within each. */
    static Collection<List<RecentPut>> byTree(List<RecentPut> puts) {
        if (areOfOneTree(puts)) {
            return List.of(puts);
        }
        Map<Integer, List<RecentPut>> byTree = new LinkedHashMap<>();
        for (RecentPut put : puts) {
            byTree.computeIfAbsent(put.treeId(), id -> new ArrayList<>()).add(put);
        }
        return byTree.values();
    }

    private static boolean areOfOneTree(List<RecentPut> puts) {
        int treeId = puts.get(0).treeId();
        for (int i = 1; i < puts.size(); i++) {
            if (puts.get(i).treeId() != treeId) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean next() {
        while (++current < sorted.size()) {
            if (current % TOUCHED_AT_ONCE == 0) {
                touchNext();
            }
            if (isLastOfItsKey()) {
                return true;
            }
            target.superseded(sorted.get(current));
        }
        return false;
    }

    /** Touches the next puts, which are scattered in memory. */
    private void touchNext() {
        List<RecentPut> next = sorted.subList(current, Math.min(sorted.size(), current + TOUCHED_AT_ONCE));
        long sum = 0;
        for (int i = 0; i < next.size(); i++) {
            RecentPut put = next.get(i);
            sum += put.pointer().offset() + put.key().length;
        }
        Touched.keep(sum);
        target.upcoming(next);
    }

    private boolean isLastOfItsKey() {
        return current + 1 == sorted.size()
                || !Arrays.equals(key(), sorted.get(current + 1).key());
    }

    @Override
    public byte[] key() {
        return sorted.get(current).key();
    }

    @Override
    public RecordPointer value() {
        return sorted.get(current).pointer();
    }

    @Override
    public void done(@Nullable RecordPointer previous) {
        target.done(sorted.get(current), previous);
    }

    /** Receives the outcome of the puts. */
    interface Target {

        /** Announces the next puts, {@link #TOUCHED_AT_ONCE} at most. */
        void upcoming(List<RecentPut> puts);

        /** Called when a put is in the tree, replacing another record if there was one. */
        void done(RecentPut put, @Nullable RecordPointer previous);

        /** Called when a put is skipped, since another one of the same key comes right after it. */
        void superseded(RecentPut put);
    }
}
