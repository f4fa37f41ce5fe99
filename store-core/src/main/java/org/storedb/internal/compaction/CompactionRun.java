package org.storedb.internal.compaction;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one compaction did; {@code failure} says why it ended early, if it did. */
public record CompactionRun(
        Instant startedAt,
        Duration duration,
        int segmentsCompacted,
        long recordsCopied,
        long bytesBefore,
        long bytesAfter,
        long bytesReclaimed,
        @Nullable String failure) {}
