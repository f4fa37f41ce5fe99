package org.storedb.spring.actuate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.OperationProgress;

/**
 * Whether a long operation is running, and how the latest one ended.
 *
 * @param startedAt when the running one began, or {@code null}
 * @param progress how far it is, or {@code null} if none is running
 * @param lastReport what the latest one that came to its end reports, or {@code null} if none did
 * @param lastFailure why the latest one failed, or {@code null} if it did not
 */
public record OperationStatus<R>(
        boolean running,
        @Nullable Instant startedAt,
        @Nullable OperationProgress progress,
        @Nullable R lastReport,
        @Nullable String lastFailure) {}
