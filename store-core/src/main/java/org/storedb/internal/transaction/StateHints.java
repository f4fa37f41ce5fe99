package org.storedb.internal.transaction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
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
 * <p>A key that no place is found for has no record in the state if none was left out for want of room, and none was
 * removed since the state was made: then every key of the state is still in the table. What a removal takes from a table is
 * counted before, so who has looked there in between, and then at the count, does not miss it.
 *
 * @param all the hints
 * @param removals number of removals that the state has
 * @param activeSegment id of the segment that was being appended to
 * @param activeBytes where it ended
 */
record StateHints(RecordHints all, long removals, int activeSegment, int activeBytes) {

    /** In place of a pointer: it is certain that there is no record. */
    static final RecordPointer NO_RECORD = new RecordPointer(0, 0, 0, 0);

    /** Those of a state that none are kept for. */
    static final StateHints NONE = new StateHints(new RecordHints(), 0, -1, 0);

    /** Whether it is {@link #NO_RECORD} itself. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isNoRecord(@Nullable RecordPointer found) {
        return found == NO_RECORD;
    }

    /** The same for a log that ends with this segment, at so many bytes of it. */
    StateHints at(int segment, int bytes) {
        return new StateHints(all, all.removals(), segment, bytes);
    }

    /**
     * Where the record of a key is, if a hint tells it: without its sequence.
     *
     * @return {@link #NO_RECORD} if it is certain that there is none; {@code null} if the hints do not tell
     */
    @Nullable
    RecordPointer find(SegmentTable segments, int treeId, byte[] key) {
        HintTable table = all.tableToAsk(treeId);
        return table == null ? null : find(segments, table, RecordHints.hash(key), key);
    }

    /**
     * {@link #find} for those of some keys for which nothing was found yet. What it needs of the table comes from memory at
     * the same time for all of them.
     *
     * @param found gets what {@link #find} gives, where it is {@code null} before
     * @param count of keys that are wanted, from the first on
     */
    void findAll(SegmentTable segments, int treeId, byte[][] keys, @Nullable RecordPointer[] found, int count) {
        HintTable table = all.tableToAsk(treeId);
        if (table == null) {
            return;
        }
        long[] hashes = new long[count];
        long sum = 0;
        for (int at = 0; at < count; at++) {
            hashes[at] = RecordHints.hash(keys[at]);
            sum += found[at] == null ? table.touch(hashes[at]) : 0;
        }
        Touched.keep(sum);
        for (int at = 0; at < count; at++) {
            if (found[at] == null) {
                found[at] = find(segments, table, hashes[at], keys[at]);
            }
        }
    }

    private @Nullable RecordPointer find(SegmentTable segments, HintTable table, long hash, byte[] key) {
        boolean certain = true;
        for (int number = 0; number < HintTable.WINDOW; number++) {
            long place = table.place(hash, number);
            if (place != HintTable.NOWHERE) {
                RecordPointer found = look(segments, key, place);
                if (found != null && !isNoRecord(found)) {
                    return found;
                }
                certain &= found != null;
            }
        }
        return certain && !table.mayBeLeftOut(hash) && all.removals() == removals ? NO_RECORD : null;
    }

    /** Reads the memory that {@link #isCurrent} will need; what it gives means nothing. */
    long touch(int treeId, byte[] key) {
        HintTable table = all.table(treeId);
        return table == null ? 0 : table.touch(RecordHints.hash(key));
    }

    /**
     * Whether a record that this state has, or an earlier one had, is still that of its key. "Yes" if it is or was so a
     * moment ago; "no" if it never will be again: some commit, which is in the log, has given the key another record or
     * none.
     */
    HintTable.Answer isCurrent(int treeId, byte[] key, RecordPointer pointer) {
        HintTable table = all.tableToAsk(treeId);
        long place = RecordHints.place(key, pointer);
        return table == null || place == HintTable.NOWHERE
                ? HintTable.Answer.UNKNOWN
                : table.contains(RecordHints.hash(key), place);
    }

    /** The record at a place, {@link #NO_RECORD} if that is of another key, {@code null} if it is not of this state. */
    private @Nullable RecordPointer look(SegmentTable segments, byte[] key, long place) {
        int id = RecordHints.segment(place);
        Segment segment = segments.contains(id) ? segments.get(id) : null;
        int start = RecordHints.start(place);
        if (segment == null || segment.cipher().isEncrypting() || start >= end(segment)) {
            return null;
        }
        try {
            long found = KeyedRecord.find(segment, start, end(segment), key);
            return found == KeyedRecord.NONE
                    ? NO_RECORD
                    : new RecordPointer(id, KeyedRecord.offset(found), KeyedRecord.length(found), 0);
        } catch (IOException e) {
            return null; // Whoever follows the tree gets the error, if it is one.
        }
    }

    private int end(Segment segment) {
        return segment.id() == activeSegment ? activeBytes : segment.bytes();
    }
}
