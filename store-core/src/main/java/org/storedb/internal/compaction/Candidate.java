package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * A segment, with what its compaction would need and give. All figures are those of one moment: the segment that is being
 * appended to has others in the next one, and who compares candidates must not see them change.
 *
 * @param bytes how long it is
 * @param oldestPut the commit that wrote its oldest record
 * @param neededBytes about how long its copy would be
 * @param keptDeleteBytes how many of these are deletes that hide dead records elsewhere
 * @param oldestDead the commit that wrote its oldest dead record; {@link Long#MAX_VALUE} if it has none
 */
record Candidate(Segment segment, int bytes, long oldestPut, long neededBytes, long keptDeleteBytes, long oldestDead) {

    /** What a small segment has besides its content. */
    private static final int FRAMING_BYTES = 256;

    /** Whoever reads longer ones one after the other hardly gains by their order. */
    private static final int RECORD_BYTES_MAX = 4096;

    private static final int RECORDS_LEAST = 64;

    static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparingLong(Candidate::oldestPut);
    static final Comparator<Candidate> MOST_FIRST =
            Comparator.comparingDouble(Candidate::gainRatio).reversed();

    /** All segments of the log as of now. */
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

    /** The commit that wrote the oldest dead record of a segment; {@link Long#MAX_VALUE} if it has none. */
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

    /** Whether it has many small records where they were committed, and not in the order of their keys. */
    boolean isInOrderOfCommits() {
        int records = segment.figures().puts();
        if (records < RECORDS_LEAST || bytes() / records >= RECORD_BYTES_MAX) {
            return false;
        }
        try {
            return segment.isOfCommits();
        } catch (IOException e) {
            return false; // There may be other reasons to copy it, and to tell of what cannot be read.
        }
    }

    long gainedBytes() {
        return bytes() - neededBytes;
    }

    double gainRatio() {
        return (double) gainedBytes() / bytes();
    }
}
