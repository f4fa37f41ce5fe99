package org.storedb.internal.transaction;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;

/**
 * Everything that a transaction requests at its end. All of it is settled: ids, revisions and index keys were computed
 * before, so that applying it always has the same result.
 *
 * @param base the state that the transaction read from
 * @param writes one for each key, in a fixed order
 * @param indexChanges in the order in which they occurred
 * @param reads what must not have changed since {@code base}, or {@code null} if reads do not matter
 * @param pins records that must still be the ones that the transaction relied on, whatever its isolation
 * @param installedIndexes whole index trees to put in place
 * @param durable whether the commit is acknowledged only when it is on the medium
 * @param evenIfEmpty whether to commit even if nothing is written: the log then shows that it is at least as late
 */
public record CommitRequest(
        StoreState base,
        List<RecordWrite> writes,
        List<IndexChange> indexChanges,
        @Nullable ReadSet reads,
        List<Pin> pins,
        Map<Integer, CountedTree<Presence>> installedIndexes,
        boolean durable,
        boolean evenIfEmpty) {

    /** Creates a request that is not committed if it writes nothing. */
    public CommitRequest(
            StoreState base,
            List<RecordWrite> writes,
            List<IndexChange> indexChanges,
            @Nullable ReadSet reads,
            List<Pin> pins,
            Map<Integer, CountedTree<Presence>> installedIndexes,
            boolean durable) {
        this(base, writes, indexChanges, reads, pins, installedIndexes, durable, false);
    }

    /** Returns a request that writes records and nothing else. */
    public static CommitRequest ofWrites(StoreState base, List<RecordWrite> writes, boolean durable) {
        return new CommitRequest(base, writes, List.of(), null, List.of(), Map.of(), durable);
    }

    /** Returns a request that writes nothing but the time. */
    public static CommitRequest ofTime(StoreState base, boolean durable) {
        return new CommitRequest(base, List.of(), List.of(), null, List.of(), Map.of(), durable, true);
    }

    boolean isNothing() {
        return writes.isEmpty() && installedIndexes.isEmpty() && !evenIfEmpty;
    }

    /** Returns whether anything in it, besides the writes, has to be compared with trees, or changes them. */
    boolean dependsOnTrees() {
        return reads != null || !pins.isEmpty() || !indexChanges.isEmpty() || !installedIndexes.isEmpty();
    }

    /**
     * Returns whether the key of a write has a record in {@code base}. Unless the write is blind, the same holds when
     * it is committed, since it would be refused otherwise.
     */
    boolean hasRecord(RecordWrite write) {
        return base.records().get(write.treeId()).get(write.key()) != null;
    }

    /**
     * A record that must not have been replaced.
     *
     * @param sequence the commit that wrote it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Pin(int treeId, byte[] key, long sequence) {}
}
