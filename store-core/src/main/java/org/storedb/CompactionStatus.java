package org.storedb;

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
 * @param bytesReclaimed bytes that compactions have reclaimed since the store was opened
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
        List<CompactionResult> lastResults) {}
