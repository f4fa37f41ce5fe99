package org.storedb.internal.transaction;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;

/**
 * All that a transaction asks for at its end. Everything in it is settled: ids, revisions and index keys were computed
 * before, so that whoever applies it comes to the same result.
 *
 * @param base the state that the transaction read from
 * @param writes one for each key, in a fixed order
 * @param indexChanges in the order in which they were made
 * @param reads what must not have changed since {@code base}, or {@code null} if reads do not matter
 * @param pins records that must be the ones that the transaction relied on, whatever its isolation
 * @param installedIndexes whole index trees to put in place
 * @param durable whether the commit is to be acknowledged only when it is on the medium
 * @param evenIfEmpty whether to commit also what writes nothing: the log then says that it is at least as late
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

    /** One that is nothing if it writes nothing. */
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

    /** One that writes records and nothing else. */
    public static CommitRequest ofWrites(StoreState base, List<RecordWrite> writes, boolean durable) {
        return new CommitRequest(base, writes, List.of(), null, List.of(), Map.of(), durable);
    }

    /** One that writes nothing but the time. */
    public static CommitRequest ofTime(StoreState base, boolean durable) {
        return new CommitRequest(base, List.of(), List.of(), null, List.of(), Map.of(), durable, true);
    }

    boolean isNothing() {
        return writes.isEmpty() && installedIndexes.isEmpty() && !evenIfEmpty;
    }

    /** Whether something in it, beside the writes, has to be compared with trees, or changes them. */
    boolean dependsOnTrees() {
        return reads != null || !pins.isEmpty() || !indexChanges.isEmpty() || !installedIndexes.isEmpty();
    }

    /**
     * Whether the key of a write has a record in {@code base}. Unless the write is blind, it is so as well when the write is
     * committed, since it would be refused otherwise.
     */
    boolean hasRecord(RecordWrite write) {
        return base.records().get(write.treeId()).get(write.key()) != null;
    }

    /**
     * A record that must not be another one.
     *
     * @param sequence the commit that wrote it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Pin(int treeId, byte[] key, long sequence) {}
}
