package org.storedb.spring.actuate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.OperationProgress;

/**
 * The status of a long operation, and how the last one ended.
 *
 * @param startedAt the time when the running one started, or {@code null}
 * @param progress the progress of the running one, or {@code null} if none is running
 * @param lastReport the report of the last one that completed, or {@code null} if none did
 * @param lastFailure the reason why the last one failed, or {@code null} if it did not
 */
public record OperationStatus<R>(
        boolean running,
        @Nullable Instant startedAt,
        @Nullable OperationProgress progress,
        @Nullable R lastReport,
        @Nullable String lastFailure) {}
