package org.storedb.internal.transaction;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;

/**
 * The keys whose records in one state may differ from those in an earlier one.
 *
 * @param before the earlier state, without its indexes; what its records point to may no longer exist. Those that had
 *     expired by the time of its expiries may, or may not, have been set aside in it: indexes may lack their entries
 * @param keys for each tree with changes, the keys in question
 */
public record ChangedRecords(StoreState before, Map<Integer, KeySet> keys) {

    /** Returns the keys of a tree that may have changed, or {@code null} if any may have. */
    public @Nullable Set<ByteKey> of(int treeId) {
        KeySet changed = keys.get(treeId);
        return changed == null ? Set.of() : changed.keys();
    }

    /**
     * Keys of one tree.
     *
     * @param keys {@code null} for all
     */
    public record KeySet(@Nullable Set<ByteKey> keys) {}
}
