package org.storedb.internal.recovery;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.FollowedLog;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/**
 * The result of following a log that another process writes.
 *
 * @param log the log, as far as it was read
 * @param state all records, also those that have expired; its indexes are as old as the state before, or missing
 * @param changes what has changed since then, or {@code null} if indexes cannot be brought up to date from it
 * @param spaces figures of the log's bytes: of all of them, or of those that were added since the previous state
 * @param whole whether everything was read, so that nothing is based on a previous state
 * @param lastCommitMillis when the last commit of this reading was written, since 1970-01-01 UTC; 0 if none was read
 * @param latestMillis the latest time in this reading, since 1970-01-01 UTC; 0 if there was none
 * @param report how it was read, if everything was
 */
public record FollowedState(
        FollowedLog log,
        StoreState state,
        @Nullable ChangedRecords changes,
        SpaceAccounting spaces,
        boolean whole,
        long lastCommitMillis,
        long latestMillis,
        Report report) {

    /**
     * A report of how a log was read.
     *
     * @param checkpointUsed whether a checkpoint was used
     * @param reason why none was used; empty if one was
     */
    public record Report(boolean checkpointUsed, String reason, long frames, long bytes) {}
}
