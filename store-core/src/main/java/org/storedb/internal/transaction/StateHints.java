package org.storedb.internal.transaction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.log.KeyedRecord;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/**
 * Hints for the readers of one state, and what they need to decide whether a hint is right for it. Immutable, except
 * for the hints themselves, which keep up with the latest state.
 *
 * <p>A location is that of the key's record in a state if both of these hold:
 *
 * <ol>
 *   <li>The key is at that location. The state was made after the hints had been told of it, and the hints are read after
 *       the state, so a hint is never older than the state. Therefore the location is that of the key's record in this
 *       state or in a later one.
 *   <li>The location is in the part of the log that existed when the state was made: in a segment of the state, and before
 *       the end that the active segment had. Therefore the record was not written by a later commit, so it is the one
 *       of this state, though perhaps copied to another location by a compaction.
 * </ol>
 *
 * <p>If no location is found for a key, the state has no record of it, provided that none was left out for lack of room
 * and none was removed since the state was made: then every key of the state is still in the table. A removal is
 * counted before it changes a table, so a reader that looks in the table first, and then at the count, does not miss
 * it.
 *
 * @param all the hints
 * @param removals number of removals that are part of the state
 * @param activeSegment id of the active segment
 * @param activeBytes where the active segment ended
 */
record StateHints(RecordHints all, long removals, int activeSegment, int activeBytes) {

    /** Stands for a pointer: there certainly is no record. */
    static final RecordPointer NO_RECORD = new RecordPointer(0, 0, 0, 0);

    /** A record's length is known only once its beginning is in the cache; most records are no longer than this. */
    private static final int LIKELY_RECORD_BYTES = 256;

    /** The hints of a state for which none are kept. */
    static final StateHints NONE = new StateHints(new RecordHints(), 0, -1, 0);

    /** Returns whether a result is {@link #NO_RECORD} itself. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isNoRecord(@Nullable RecordPointer found) {
        return found == NO_RECORD;
    }

    /** Returns the hints for a log that ends with this segment, at this many bytes of it. */
    StateHints at(int segment, int bytes) {
        return new StateHints(all, all.removals(), segment, bytes);
    }

    /**
     * Returns where the record of a key is, if a hint tells it, without its sequence.
     *
     * @return {@link #NO_RECORD} if it is certain that there is none; {@code null} if the hints do not tell
     */
    @Nullable
    RecordPointer find(SegmentTable segments, int treeId, byte[] key) {
        HintTable table = all.tableToAsk(treeId);
        return table == null ? null : find(segments, table, RecordHints.hash(key), key);
    }

    /**
     * Finds, like {@link #find}, those of some keys for which nothing was found yet. What is needed comes from memory at
     * the same time for all of them: first the parts of the table, then the records.
     *
     * @param found receives the results of {@link #find} where it is {@code null}
     * @param count number of wanted keys, counted from the first
     */
    void findAll(SegmentTable segments, int treeId, byte[][] keys, @Nullable RecordPointer[] found, int count) {
        HintTable table = all.tableToAsk(treeId);
        if (table == null) {
            return;
        }
        long[] hashes = new long[count];
        long sum = 0;
        for (int at = 0; at < count; at++) {
            if (found[at] == null) {
                hashes[at] = RecordHints.hash(keys[at]);
                sum += table.touch(hashes[at]);
            }
        }
        Touched.keep(sum);
        if (count > 1) {
            touchRecords(segments, table, hashes, found);
        }
        for (int at = 0; at < count; at++) {
            if (found[at] == null) {
                found[at] = find(segments, table, hashes[at], keys[at]);
            }
        }
    }

    private void touchRecords(SegmentTable segments, HintTable table, long[] hashes, @Nullable RecordPointer[] found) {
        long sum = 0;
        for (int at = 0; at < hashes.length; at++) {
            sum += found[at] == null ? touch(segments, table.firstLocation(hashes[at])) : 0;
        }
        Touched.keep(sum);
    }

    private @Nullable RecordPointer find(SegmentTable segments, HintTable table, long hash, byte[] key) {
        boolean certain = true;
        for (int number = 0; number < HintTable.WINDOW; number++) {
            long location = table.location(hash, number);
            if (location != HintTable.NOWHERE) {
                RecordPointer found = look(segments, key, location);
                if (found != null && !isNoRecord(found)) {
                    return found;
                }
                certain &= found != null;
            }
        }
        return certain && !table.mayBeLeftOut(hash) && all.removals() == removals ? NO_RECORD : null;
    }

    /**
     * Returns whether the record of a key is certainly at this location, where a record of the key was at some time. That
     * makes it unnecessary to look for the key there; otherwise the conditions are the same.
     */
    boolean isAt(SegmentTable segments, int treeId, long hash, long location) {
        HintTable table = all.tableToAsk(treeId);
        return table != null
                && location != HintTable.NOWHERE
                && table.contains(hash, location) == HintTable.Answer.YES
                && segmentOf(segments, location) != null;
    }

    /** Reads the memory that {@link #isCurrent} or {@link #isAt} will need; the return value means nothing. */
    long touch(int treeId, long hash) {
        HintTable table = all.table(treeId);
        return table == null ? 0 : table.touch(hash);
    }

    /**
     * Returns whether a record that this state or an earlier one has is still that of its key. "Yes" if it is or was so
     * a moment ago; "no" if it never will be again: some commit, which is in the log, has given the key another record
     * or none.
     */
    HintTable.Answer isCurrent(int treeId, byte[] key, RecordPointer pointer) {
        HintTable table = all.tableToAsk(treeId);
        long location = RecordHints.location(key, pointer);
        return table == null || location == HintTable.NOWHERE
                ? HintTable.Answer.UNKNOWN
                : table.contains(RecordHints.hash(key), location);
    }

    /**
     * Returns the record at a location, {@link #NO_RECORD} if that is of another key, {@code null} if it is not part of
     * this state.
     */
    private @Nullable RecordPointer look(SegmentTable segments, byte[] key, long location) {
        Segment segment = segmentOf(segments, location);
        if (segment == null) {
            return null;
        }
        int start = RecordHints.start(location);
        // Each of its lengths tells where to read next: without this, its cache lines would arrive one after another.
        Touched.keep(touch(segment, start));
        try {
            long found = KeyedRecord.find(segment, start, end(segment), key);
            return found == KeyedRecord.NONE
                    ? NO_RECORD
                    : new RecordPointer(segment.id(), KeyedRecord.offset(found), KeyedRecord.length(found), 0);
        } catch (IOException e) {
            return null; // A lookup in the tree reports the error, if it is one.
        }
    }

    /** Returns the segment of a location; {@code null} if the location is not part of this state, or not readable so. */
    private @Nullable Segment segmentOf(SegmentTable segments, long location) {
        int id = RecordHints.segment(location);
        Segment segment = segments.contains(id) ? segments.get(id) : null;
        boolean isReadable =
                segment != null && !segment.cipher().isEncrypting() && RecordHints.start(location) < end(segment);
        return isReadable ? segment : null;
    }

    private long touch(SegmentTable segments, long location) {
        Segment segment = location == HintTable.NOWHERE ? null : segmentOf(segments, location);
        return segment == null ? 0 : touch(segment, RecordHints.start(location));
    }

    private long touch(Segment segment, int start) {
        return segment.touch(start, Math.min(LIKELY_RECORD_BYTES, end(segment) - start));
    }

    private int end(Segment segment) {
        return segment.id() == activeSegment ? activeBytes : segment.bytes();
    }
}
