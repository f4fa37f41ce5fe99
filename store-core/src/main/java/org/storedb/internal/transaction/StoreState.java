package org.storedb.internal.transaction;

import java.util.Map;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.log.SegmentTable;

/**
 * Everything there is after one commit. Immutable: whoever holds it has a snapshot, with the segments that its records
 * are in.
 *
 * @param sequence the last commit that it contains
 */
public record StoreState(
        long sequence, TreeTable<RecordPointer> records, TreeTable<Presence> indexes, SegmentTable segments) {

    /** The tree of the catalog, whose records are no entries of the user. */
    static final int CATALOG_TREE = 0;

    /** Number of records in all trees but the catalog. */
    public long entries() {
        return records.size() - records.get(CATALOG_TREE).size();
    }

    /** Without any record. */
    public static StoreState empty(SegmentTable segments) {
        return new StoreState(0, TreeTable.empty(RecordPointer.LAYOUT), TreeTable.empty(Presence.LAYOUT), segments);
    }

    /** Whether the segment that a pointer names is there. */
    public boolean reaches(RecordPointer pointer) {
        return segments.contains(pointer.segment());
    }

    /** The same records with other segments around them, and other trees in place of some. */
    public StoreState with(
            long newSequence,
            Map<Integer, CountedTree<RecordPointer>> changedRecords,
            Map<Integer, CountedTree<Presence>> changedIndexes,
            SegmentTable newSegments) {
        return new StoreState(
                newSequence,
                changedRecords.isEmpty() ? records : records.with(changedRecords),
                changedIndexes.isEmpty() ? indexes : indexes.with(changedIndexes),
                newSegments);
    }
}
