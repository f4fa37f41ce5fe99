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
     * @param state all records; what was set aside in the earlier state has no entries in its indexes
     * @param changes what has changed since an earlier state whose indexes these are, or {@code null} if there is none
     * @param nowMillis the current time, since 1970-01-01 UTC
     */
    public static ExpiryAtOpen of(StoreState state, @Nullable ChangedRecords changes, long nowMillis) {
        long earlierMillis = state.expiries().asOfMillis();
        DueRecords due = DueRecords.of(state, Math.max(nowMillis, earlierMillis), Long.MAX_VALUE);
        if (changes == null || due.found().isEmpty()) {
            return new ExpiryAtOpen(due.state(), changes);
        }
        return new ExpiryAtOpen(due.state(), withExpired(changes, due, earlierMillis));
    }

    /** Adds expired records to the changes: for the indexes, they have been removed. */
    private static ChangedRecords withExpired(ChangedRecords changes, DueRecords due, long earlierMillis) {
        Map<Integer, Set<ByteKey>> expired = new HashMap<>();
        Map<Integer, CountedTree<RecordPointer>> moved = new HashMap<>();
        StoreState before = changes.before();
        for (DueRecord record : due.found()) {
            if (record.expiryMillis() <= earlierMillis) {
                continue; // It was set aside before.
            }
            int treeId = record.treeId();
            expired.computeIfAbsent(treeId, id -> new HashSet<>()).add(new ByteKey(record.key()));
            CountedTree<RecordPointer> tree =
                    moved.getOrDefault(treeId, before.records().get(treeId));
            RecordPointer pointer = tree.get(record.key());
            if (pointer != null && pointer.sequence() == record.pointer().sequence()) {
                var editor = tree.edit();
                editor.put(record.key(), record.pointer()); // Its earlier location may no longer exist.
                moved.put(treeId, editor.build());
            }
        }
        Map<Integer, KeySet> keys = new HashMap<>(changes.keys());
        expired.forEach((treeId, more) -> keys.put(treeId, union(changes.of(treeId), more)));
        return new ChangedRecords(before.with(before.sequence(), moved, Map.of(), before.segments()), keys);
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
