package org.storedb.internal.expiry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.ChangedRecords.KeySet;
import org.storedb.internal.transaction.DueRecords;
import org.storedb.internal.transaction.DueRecords.DueRecord;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoreState;

/**
 * A state that was read from the log, with everything set aside that has expired, before its indexes are completed.
 *
 * @param state the state, without the index entries of what has changed
 * @param changes what has changed, including what has expired since; {@code null} if there is no earlier state
 */
public record ExpiryAtOpen(StoreState state, @Nullable ChangedRecords changes) {

    /**
     * Sets aside what has expired.
     *
     * @param state all records
     * @param changes what has changed since an earlier state whose indexes these are, or {@code null} if there is none
     * @param nowMillis the current time, since 1970-01-01 UTC
     */
    public static ExpiryAtOpen of(StoreState state, @Nullable ChangedRecords changes, long nowMillis) {
        DueRecords due =
                DueRecords.of(state, Math.max(nowMillis, state.expiries().asOfMillis()), Long.MAX_VALUE);
        if (changes == null || due.found().isEmpty()) {
            return new ExpiryAtOpen(due.state(), changes);
        }
        return new ExpiryAtOpen(due.state(), withExpired(changes, due));
    }

    /**
     * Adds expired records to the changes: for the indexes, they have been removed. Those that expired earlier are among
     * them: the earlier state may be one of a moment when not all of them had been set aside.
     */
    private static ChangedRecords withExpired(ChangedRecords changes, DueRecords due) {
        Map<Integer, Set<ByteKey>> expired = new HashMap<>();
        Map<Integer, CountedTree<RecordPointer>> moved = new HashMap<>();
        StoreState before = changes.before();
        for (DueRecord record : due.found()) {
            int treeId = record.treeId();
            expired.computeIfAbsent(treeId, id -> new HashSet<>()).add(new ByteKey(record.key()));
            CountedTree<RecordPointer> tree =
                    moved.getOrDefault(treeId, before.records().get(treeId));
            RecordPointer pointer = tree.get(record.key());
            if (pointer != null && isCopy(record.pointer(), pointer)) {
                var editor = tree.edit();
                editor.put(record.key(), record.pointer()); // Its earlier location may no longer exist.
                moved.put(treeId, editor.build());
            }
        }
        Map<Integer, KeySet> keys = new HashMap<>(changes.keys());
        expired.forEach((treeId, more) -> keys.put(treeId, union(changes.of(treeId), more)));
        return new ChangedRecords(before.with(before.sequence(), moved, Map.of(), before.segments()), keys);
    }

    private static boolean isCopy(RecordPointer pointer, RecordPointer original) {
        return pointer.sequence() == original.sequence() && !pointer.equals(original);
    }

    private static KeySet union(@Nullable Set<ByteKey> changed, Set<ByteKey> more) {
        if (changed == null) {
            return new KeySet(null);
        }
        Set<ByteKey> all = new HashSet<>(changed);
        all.addAll(more);
        return new KeySet(all);
    }
}
