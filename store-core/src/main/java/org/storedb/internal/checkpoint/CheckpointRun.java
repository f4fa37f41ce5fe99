package org.storedb.internal.checkpoint;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that was written, or an attempt to write one.
 *
 * @param sequence the last commit in it
 * @param bytes size of the file
 * @param failure why it was not written, or {@code null}
 */
public record CheckpointRun(
        Instant startedAt,
        Duration duration,
        long sequence,
        long bytes,
        @Nullable String failure) {}
