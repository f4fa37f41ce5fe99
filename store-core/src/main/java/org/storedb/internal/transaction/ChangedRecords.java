package org.storedb.internal.transaction;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;

/**
 * Which keys may have other records in one state than in an earlier one.
 *
 * @param before the earlier state, without its indexes; what its records point to may be gone
 * @param keys for each tree with changes the keys in question
 */
public record ChangedRecords(StoreState before, Map<Integer, KeySet> keys) {

    /** The keys of a tree that may have changed, or {@code null} if that may be any. */
    public @Nullable Set<ByteKey> of(int treeId) {
        KeySet changed = keys.get(treeId);
        return changed == null ? Set.of() : changed.keys();
    }

    /**
     * Keys of one tree.
     *
     * @param keys {@code null} for any
     */
    public record KeySet(@Nullable Set<ByteKey> keys) {}
}
