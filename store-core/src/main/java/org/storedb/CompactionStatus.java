package org.storedb;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a compaction is running, and what the latest ones did.
 *
 * @param running whether one is running now
 * @param startedAt when the running one began, or {@code null}
 * @param segmentsDone segments that the running one has finished
 * @param segmentsTotal segments that the running one has chosen
 * @param lastResults the latest compactions, newest first, at most 10
 */
public record CompactionStatus(
        boolean running,
        @Nullable Instant startedAt,
        int segmentsDone,
        int segmentsTotal,
        List<CompactionResult> lastResults) {}
