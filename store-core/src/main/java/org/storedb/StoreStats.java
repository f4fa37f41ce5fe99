package org.storedb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.maintenance.ScrubStatus;

/**
 * Statistics of a store at one moment.
 *
 * @param id identifies the store; assigned at its creation
 * @param directory where it lives, or {@code null} for one in memory
 * @param durability its default durability
 * @param sequence number of the last commit
 * @param failure why the store accepts no more writes, or cannot be followed at the moment; {@code null} if all is well
 * @param fullReason why the store accepts only deletes until there is space on the disk again, or {@code null}
 * @param scanCacheBytes bytes of memory that keep values which are scanned repeatedly
 * @param lastBackup the latest backup that was completed since the store was opened, or {@code null}
 * @param expiry statistics of expiring documents and values
 * @param follow how it follows the writing process, or {@code null} if it is open for writing
 */
public record StoreStats(
        UUID id,
        @Nullable String directory,
        Durability durability,
        long sequence,
        @Nullable String failure,
        @Nullable String fullReason,
        LogStats log,
        List<CollectionStats> collections,
        List<KeyspaceStats> keyspaces,
        TransactionStats transactions,
        CompactionStatus compaction,
        OpenStats open,
        CheckpointStats checkpoint,
        ScrubStatus scrub,
        long scanCacheBytes,
        @Nullable BackupReport lastBackup,
        ExpiryStats expiry,
        @Nullable FollowStats follow) {

    /**
     * The log.
     *
     * @param bytesOnDisk bytes in all segments, including those that a compaction is writing
     * @param liveBytes bytes that hold current records
     * @param lastSync when it was last made durable, or {@code null} if it has not been since the store was opened
     */
    public record LogStats(
            long bytesOnDisk, long liveBytes, @Nullable Instant lastSync, List<SegmentStats> segments) {}

    /**
     * One file of the log.
     *
     * @param sealed whether it is complete and will not change any more
     * @param bytes bytes used
     * @param liveBytes bytes of current records
     * @param keyId id of the key that it is encrypted with, or {@code null} if it is not
     */
    public record SegmentStats(
            long id,
            boolean sealed,
            long bytes,
            long liveBytes,
            @Nullable String keyId) {}

    /**
     * One collection.
     *
     * @param documents number of documents
     * @param liveBytes bytes of current documents in the log, including their keys
     * @param totalBytes bytes in the log of everything written to it that compaction has not removed
     */
    public record CollectionStats(
            String name, long documents, long liveBytes, long totalBytes, List<IndexStats> indexes) {}

    /**
     * One index.
     *
     * @param fields the indexed fields, in order
     * @param entries number of entries
     */
    public record IndexStats(String name, List<String> fields, boolean unique, long entries) {}

    /**
     * One keyspace.
     *
     * @param entries number of entries
     * @param liveBytes bytes of current entries in the log, including their keys
     * @param totalBytes bytes in the log of everything written to it that compaction has not removed
     */
    public record KeyspaceStats(String name, long entries, long liveBytes, long totalBytes) {}

    /**
     * Transactions since the store was opened, single calls included.
     *
     * @param conflicted those of the rolled-back ones that conflicted with another transaction
     */
    public record TransactionStats(long begun, long committed, long rolledBack, long conflicted) {}

    /**
     * How the store was opened.
     *
     * @param at when it was opened
     * @param duration how long it took
     * @param checkpointUsed whether a checkpoint was used to start from
     * @param reason why none was used; empty if one was
     * @param commitsReplayed number of log frames that were read
     * @param bytesReplayed bytes of those frames
     */
    public record OpenStats(
            Instant at,
            Duration duration,
            boolean checkpointUsed,
            String reason,
            long commitsReplayed,
            long bytesReplayed) {}

    /**
     * Checkpoints since the store was opened.
     *
     * @param bytesBehind bytes of the log that the next open would have to read
     * @param lastAt when the latest attempt to write one began, or {@code null} if there was none
     * @param lastDuration how long it took
     * @param lastSequence the last commit in it
     * @param lastBytes bytes of its file
     * @param lastFailure why it was not written, or {@code null}
     */
    public record CheckpointStats(
            long bytesBehind,
            @Nullable Instant lastAt,
            Duration lastDuration,
            long lastSequence,
            long lastBytes,
            @Nullable String lastFailure) {}

    /**
     * Documents and values that expire.
     *
     * @param expiring how many will expire
     * @param nextAt when the next of them expires, or {@code null} if there is none
     * @param expired how many have expired, and so are invisible, but are still in the log; they are purged later, see
     *     {@link StoreOptions#expiryGrace()}
     * @param purged how many were purged since the store was opened
     */
    public record ExpiryStats(long expiring, @Nullable Instant nextAt, long expired, long purged) {}

    /**
     * How a store that is open for reading only follows the writing process.
     *
     * @param lastCommitAt when the last visible commit was written, or {@code null} if that is unknown because it came
     *     from a checkpoint
     * @param lastRefreshAt when it last caught up with everything committed by then
     * @param refreshes how often it has looked for new commits
     * @param rebuilds how often the log did not continue what had been read, so that everything was read again
     * @param failure why it cannot be followed at the moment, or {@code null}
     */
    public record FollowStats(
            @Nullable Instant lastCommitAt,
            Instant lastRefreshAt,
            long refreshes,
            long rebuilds,
            @Nullable String failure) {}
}
