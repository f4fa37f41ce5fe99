package org.storedb.internal.transaction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.KeyedRecord;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/**
 * Hints for the readers of one state, and what they need to tell whether a hint is right for it. Immutable, but for the
 * hints themselves, which keep up with the latest state.
 *
 * <p>A place is that of the key's record in a state if
 *
 * <ol>
 *   <li>the key stands there. The state was made after the hints had been told of it, and reads of the hints follow from
 *       a read of the state, so a hint is never older than the state. Then the place is that of the key's record in this
 *       state or in a later one;
 *   <li>and it is in the part of the log that there was when the state was made: in a segment that the state has, and
 *       before the end that the segment had which was being appended to. Then the record was not written by a later commit, so
 *       it is the one that this state has, if perhaps copied to another place by a compaction.
 * </ol>
 *
 * @param all the hints
 * @param activeSegment id of the segment that was being appended to
 * @param activeBytes where it ended
 */
record StateHints(RecordHints all, int activeSegment, int activeBytes) {

    /** Those of a state that none are kept for. */
    static final StateHints NONE = new StateHints(new RecordHints(), -1, 0);

    /** The same for a log that ends with this segment, as of now. */
    StateHints at(Segment active) {
        return new StateHints(all, active.id(), active.bytes());
    }

    /**
     * Where the record of a key is, if a hint tells it: without its sequence.
     *
     * @return {@code null} if no hint tells it, whether or not there is one
     */
    @Nullable
    RecordPointer find(SegmentTable segments, int treeId, byte[] key) {
        HintTable table = all.table(treeId);
        if (table == null) {
            return null;
        }
        long hash = RecordHints.hash(key);
        for (int number = 0; number < HintTable.WINDOW; number++) {
            long place = table.place(hash, number);
            RecordPointer found = place == HintTable.NOWHERE ? null : confirmed(segments, key, place);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable RecordPointer confirmed(SegmentTable segments, byte[] key, long place) {
        int id = RecordHints.segment(place);
        if (!segments.contains(id)) {
            return null;
        }
        Segment segment = segments.get(id);
        int start = RecordHints.start(place);
        int end = id == activeSegment ? activeBytes : segment.bytes();
        try {
            long found = start < end ? KeyedRecord.find(segment, start, end, key) : KeyedRecord.NONE;
            return found == KeyedRecord.NONE
                    ? null
                    : new RecordPointer(id, KeyedRecord.offset(found), KeyedRecord.length(found), 0);
        } catch (IOException e) {
            return null; // Whoever follows the tree gets the error, if it is one.
        }
    }
}
