package org.storedb.maintenance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one compaction did.
 *
 * @param startedAt when it began
 * @param duration how long it took
 * @param segmentsCompacted number of segments that were rewritten and deleted
 * @param recordsCopied number of live records that were copied
 * @param bytesBefore bytes of the log before, over all segments
 * @param bytesAfter bytes of the log after, over all segments, including what was written meanwhile
 * @param bytesReclaimed bytes of the deleted segments minus those of their copies; a little below 0 if records were
 *     only brought into order
 * @param failure why it stopped early, or {@code null} if it did not; nothing is lost when it does
 */
public record CompactionResult(
        Instant startedAt,
        Duration duration,
        int segmentsCompacted,
        long recordsCopied,
        long bytesBefore,
        long bytesAfter,
        long bytesReclaimed,
        @Nullable String failure) {}
