package org.storedb.internal.compaction;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of one compaction; {@code failure} is the reason if it ended early. */
public record CompactionRun(
        Instant startedAt,
        Duration duration,
        int segmentsCompacted,
        long recordsCopied,
        long bytesBefore,
        long bytesAfter,
        long bytesReclaimed,
        @Nullable String failure) {}
