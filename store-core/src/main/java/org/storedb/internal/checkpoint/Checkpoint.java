package org.storedb.internal.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/**
 * The result of the log up to a mark. Immutable.
 *
 * @param mark the part of the log that it covers
 * @param records trees of records by their id, those that are not empty
 * @param indexes trees of index entries by their id, those that are not empty
 * @param expiries trees of upcoming expiries by the id of their records' tree, those that are not empty
 * @param expiredMillis what had expired by this time, since 1970-01-01 UTC, may have no index entries: not all of it was
 *     necessarily set aside
 * @param spaces figures of the segments that are complete at the mark, and of the active one
 */
public record Checkpoint(
        LogMark mark,
        Map<Integer, CountedTree<RecordPointer>> records,
        Map<Integer, CountedTree<Presence>> indexes,
        Map<Integer, CountedTree<Presence>> expiries,
        long expiredMillis,
        List<SpaceAccounting.Space> spaces) {

    /** Creates a checkpoint without records that expire. */
    public Checkpoint(
            LogMark mark,
            Map<Integer, CountedTree<RecordPointer>> records,
            Map<Integer, CountedTree<Presence>> indexes,
            List<SpaceAccounting.Space> spaces) {
        this(mark, records, indexes, Map.of(), 0, spaces);
    }

    /** Returns the checkpoint of a state, with the log and the figures of the same moment. */
    public static Checkpoint of(StoreState state, LogMark mark, List<SpaceAccounting.Space> allSpaces) {
        StoreState whole = state.withExpired();
        Map<Integer, CountedTree<RecordPointer>> records = new HashMap<>();
        whole.records().forEach(records::put);
        Map<Integer, CountedTree<Presence>> indexes = new HashMap<>();
        whole.indexes().forEach(indexes::put);
        Map<Integer, CountedTree<Presence>> expiries = new HashMap<>();
        whole.expiries().upcoming().forEach(expiries::put);
        List<SpaceAccounting.Space> spaces = allSpaces.stream()
                .filter(space -> stands(mark, space.segment()))
                .toList();
        return new Checkpoint(mark, records, indexes, expiries, whole.expiries().asOfMillis(), spaces);
    }

    private static boolean stands(LogMark mark, int segmentId) {
        LogMark.SegmentMark segment = mark.find(segmentId);
        return segment != null && (segment.complete() || segmentId == mark.segmentId());
    }
}
