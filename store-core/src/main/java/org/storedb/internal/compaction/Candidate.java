package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * A segment, with the cost and gain of its compaction. All figures are from one moment: those of the active segment
 * keep changing, but must not do so while candidates are compared.
 *
 * @param bytes length of the segment
 * @param oldestPut the commit that wrote its oldest record
 * @param neededBytes approximate length of its copy
 * @param keptDeleteBytes bytes of its deletes that must be kept because they hide dead records elsewhere
 * @param oldestDead the commit that wrote its oldest dead record; {@link Long#MAX_VALUE} if it has none
 */
record Candidate(Segment segment, int bytes, long oldestPut, long neededBytes, long keptDeleteBytes, long oldestDead) {

    /** The overhead of a small segment besides its content. */
    private static final int FRAMING_BYTES = 256;

    /** Sequential reads of longer records hardly gain from their order. */
    private static final int RECORD_BYTES_MAX = 4096;

    private static final int RECORDS_LEAST = 64;

    static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparingLong(Candidate::oldestPut);
    static final Comparator<Candidate> MOST_FIRST =
            Comparator.comparingDouble(Candidate::gainRatio).reversed();

    /** Returns all current segments of the log. */
    static List<Candidate> of(List<Segment> segments, SpaceAccounting accounting) {
        long[] oldestDead = segments.stream()
                .mapToLong(segment -> oldestDead(segment, accounting))
                .toArray();
        List<Candidate> candidates = new ArrayList<>(segments.size());
        for (int i = 0; i < oldestDead.length; i++) {
            Segment segment = segments.get(i);
            boolean kept = oldestExcept(i, oldestDead) < segment.newestDelete();
            long deleteBytes = kept ? segment.deleteBytes() : 0;
            long content = accounting.liveBytesOfSegment(segment.id()) + deleteBytes;
            long neededBytes = content == 0 ? 0 : content + FRAMING_BYTES;
            candidates.add(new Candidate(
                    segment, segment.bytes(), segment.oldestPut(), neededBytes, deleteBytes, oldestDead[i]));
        }
        return candidates;
    }

    /** Returns the commit that wrote the oldest dead record of a segment; {@link Long#MAX_VALUE} if it has none. */
    static long oldestDead(Segment segment, SpaceAccounting accounting) {
        return segment.isSettled()
                ? accounting.oldestDead(segment.id(), segment.oldestPut())
                : segment.oldestPut(); // Keys may never have been pointed to its records.
    }

    private static long oldestExcept(int index, long[] oldestDead) {
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < oldestDead.length; i++) {
            if (i != index && oldestDead[i] < oldest) {
                oldest = oldestDead[i];
            }
        }
        return oldest;
    }

    boolean isSealed() {
        return segment.isSealed();
    }

    /** Returns whether it has many small records in commit order, rather than in key order. */
    boolean isInOrderOfCommits() {
        int records = segment.figures().puts();
        if (records < RECORDS_LEAST || bytes() / records >= RECORD_BYTES_MAX) {
            return false;
        }
        try {
            return segment.isOfCommits();
        } catch (IOException e) {
            return false; // There may be other reasons to copy it, which then reports what cannot be read.
        }
    }

    boolean hasDead() {
        return oldestDead != Long.MAX_VALUE;
    }

    long gainedBytes() {
        return bytes() - neededBytes;
    }

    double gainRatio() {
        return (double) gainedBytes() / bytes();
    }
}
