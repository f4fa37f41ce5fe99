package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;

/**
 * A table of hints while it is built from a tree, in turns, while commits proceed. The keys before a position are in
 * the table, as they are in the last state that was looked at; later changes are noted, and applied before the next
 * turn. Changes are noted by the thread that makes a state, and turns are taken while none does; everything else is for
 * the building thread.
 */
final class HintBuild {

    private static final int SWEPT_KEYS = 1 << 15;
    private static final int TOUCHED_AT_ONCE = 32;

    private final int treeId;
    private final HintTable table;
    private List<SpaceAccounting.Replacement> noted = new ArrayList<>();
    private byte @Nullable [] position = {}; // Null after the last key.

    HintBuild(int treeId, HintTable table) {
        this.treeId = treeId;
        this.table = table;
    }

    int treeId() {
        return treeId;
    }

    HintTable table() {
        return table;
    }

    /** Notes a change. */
    void note(SpaceAccounting.Replacement change) {
        noted.add(change);
    }

    /** Returns what was noted until now, and the state that it has led to. */
    Turn nextTurn(StoreState state) {
        Turn turn = new Turn(state, noted);
        noted = new ArrayList<>();
        return turn;
    }

    /** Returns whether all keys are in the table. */
    boolean isSwept() {
        return position == null;
    }

    /** Catches up, then adds some of the keys that are not in the table yet. */
    void run(Turn turn) {
        List<SpaceAccounting.Replacement> changes = turn.changes();
        for (int from = 0; from < changes.size(); from += TOUCHED_AT_ONCE) {
            catchUp(changes.subList(from, Math.min(changes.size(), from + TOUCHED_AT_ONCE)));
        }
        if (position != null) {
            TreeRange rest = new TreeRange(position, null);
            position = sweep(turn.state().records().get(treeId).cursor(rest));
        }
    }

    private void catchUp(List<SpaceAccounting.Replacement> changes) {
        long sum = 0;
        for (int i = 0; i < changes.size(); i++) {
            sum += table.touch(RecordHints.hash(changes.get(i).key()));
        }
        Touched.keep(sum);
        for (int i = 0; i < changes.size(); i++) {
            SpaceAccounting.Replacement change = changes.get(i);
            if (position == null || Arrays.compareUnsigned(change.key(), position) < 0) {
                RecordHints.replace(table, change);
            }
        }
    }

    /** Adds keys; returns the lowest key after those that were added, or {@code null} if they were the last. */
    private byte @Nullable [] sweep(TreeCursor<RecordPointer> cursor) {
        long[] hashes = new long[TOUCHED_AT_ONCE];
        long[] locations = new long[TOUCHED_AT_ONCE];
        byte[] key = {};
        for (int swept = 0; swept < SWEPT_KEYS; swept += TOUCHED_AT_ONCE) {
            int found = 0;
            while (found < TOUCHED_AT_ONCE && cursor.next()) {
                key = cursor.key();
                hashes[found] = RecordHints.hash(key);
                locations[found] = RecordHints.location(key, cursor.value());
                found++;
            }
            long sum = 0;
            for (int i = 0; i < found; i++) {
                sum += table.touch(hashes[i]);
            }
            Touched.keep(sum);
            for (int i = 0; i < found; i++) {
                table.replace(hashes[i], HintTable.NOWHERE, locations[i]);
            }
            if (found < TOUCHED_AT_ONCE) {
                return null;
            }
        }
        return Arrays.copyOf(key, key.length + 1);
    }

    /**
     * The next work to do.
     *
     * @param changes those that have led to {@code state} since the turn before
     */
    record Turn(StoreState state, List<SpaceAccounting.Replacement> changes) {}
}
