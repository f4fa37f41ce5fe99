package org.storedb.internal.salvage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
import org.storedb.maintenance.SalvageReport.SequenceRange;

/**
 * Determines which commits are lost. Those of one segment are consecutive, so the commits around a gap show which ones
 * were in it. Of any other gap it is known at least that everything in it is older than the first commit of the
 * segments after it.
 */
final class LostSequences {

    private final List<SequenceRange> ranges = new ArrayList<>();
    private long lastCommit;
    private boolean gapHere;
    private boolean gapBefore;
    private long doubtfulBelow;

    void beginSegment() {
        gapBefore |= gapHere;
        gapHere = false;
        lastCommit = 0;
    }

    void found(Frame frame) {
        if (frame.kind() == FrameKind.COMMIT) {
            if (gapBefore || (gapHere && lastCommit == 0)) {
                doubtfulBelow = Math.max(doubtfulBelow, frame.sequence());
            } else if (gapHere) {
                add(lastCommit + 1, frame.sequence() - 1);
            }
            gapBefore = false;
            gapHere = false;
            lastCommit = frame.sequence();
        }
    }

    /** Notes that a part of this segment is damaged, which may contain a frame with an intact header. */
    void gap(@Nullable Frame frame) {
        gapHere = true;
        if (frame != null && frame.kind() == FrameKind.COMMIT && lastCommit == 0) {
            add(frame.sequence(), frame.sequence());
            lastCommit = frame.sequence();
        }
    }

    /** Returns commits that are certainly lost. */
    List<SequenceRange> ranges() {
        return ranges;
    }

    /**
     * Returns the sequence below which records may be outdated or deleted; {@link Long#MAX_VALUE} if it is unknown
     * which ones.
     */
    long doubtfulBelow() {
        return gapHere || gapBefore ? Long.MAX_VALUE : doubtfulBelow;
    }

    private void add(long first, long last) {
        if (first <= last) {
            ranges.add(new SequenceRange(first, last));
            doubtfulBelow = Math.max(doubtfulBelow, last);
        }
    }
}
