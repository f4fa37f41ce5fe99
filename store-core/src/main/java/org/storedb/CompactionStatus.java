package org.storedb;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a compaction is running, and what the latest ones did.
 *
 * @param running whether one is running now
 * @param startedAt when the running one began, or {@code null}
 * @param segmentsDone segments that the running one has finished; those that are copied in one order at the same time
 * @param segmentsTotal segments that the running one has chosen
 * @param bytesDone how far the running one is, of {@code bytesTotal}; also while it is in the middle of segments
 * @param bytesTotal bytes of the segments that the running one has chosen
 * @param bytesReclaimed bytes that compactions have given back since the store was opened
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
