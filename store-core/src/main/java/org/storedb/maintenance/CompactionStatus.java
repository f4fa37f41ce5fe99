package org.storedb.maintenance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a compaction is running, and what the latest ones did.
 *
 * @param running whether one is running now
 * @param startedAt when the running one began, or {@code null}
 * @param segmentsDone number of segments that the running one has finished; segments that are copied together in key
 *     order are finished at the same time
 * @param segmentsTotal number of segments that the running one has chosen
 * @param bytesDone how many of {@code bytesTotal} the running one has processed; also advances within segments
 * @param bytesTotal bytes of the segments that the running one has chosen
 * @param bytesReclaimed bytes that compactions have reclaimed since the store was opened; never becomes less
 * @param lastResults the latest compactions, newest first, at most 10
 */
public record CompactionStatus(
        boolean running,
        @Nullable Instant startedAt,
        int segmentsDone,
        int segmentsTotal,
        long bytesDone,
        long bytesTotal,
        long bytesReclaimed,
        List<CompactionResult> lastResults) {

    public CompactionStatus {
        lastResults = List.copyOf(lastResults);
    }

    /** Returns the status of a store that compacts nothing at the moment. */
    public static CompactionStatus idle(long bytesReclaimed, List<CompactionResult> lastResults) {
        return new CompactionStatus(false, null, 0, 0, 0, 0, bytesReclaimed, lastResults);
    }
}
