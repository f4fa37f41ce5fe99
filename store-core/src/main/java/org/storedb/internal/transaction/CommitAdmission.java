package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreFullException;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.storage.StorageFullException;

/**
 * Refuses commits for which there is no room, before anything of them is written. Commits that write records are
 * refused first: if the size is limited, two segments are kept free, one for a compaction, as far as it has not taken
 * it, and one for deletes. For one thread at a time.
 */
final class CommitAdmission {

    private final SegmentedLog log;
    private final CommitLimits limits;

    CommitAdmission(SegmentedLog log, CommitLimits limits) {
        this.log = log;
        this.limits = limits;
    }

    /** Returns whether there is room for anything that fits into the log. */
    boolean admitsAll() {
        return limits.isNone() && log.space().full() == null;
    }

    /**
     * Returns why a request cannot be committed, or {@code null} if it can.
     *
     * @param next the state that it is to be added to
     */
    @Nullable
    StoreFullException refusal(PendingCommit pending, StateBuilder next) {
        if (admitsAll()) {
            return null;
        }
        StorageFullException full = log.space().full();
        CommitRequest request = pending.request();
        int bodyBytes = log.bytesOf(pending.body());
        boolean growing = request.writes().stream().anyMatch(write -> write.value() != null);
        if (full != null && growing && !log.space().hasRecovered(bodyBytes)) {
            return diskIsFull(full);
        }
        if (full != null && !growing && log.space().bytesForDeletes() < log.frameBytes(bodyBytes)) {
            return restIsKept();
        }
        StoreFullException refusal = request.writes().isEmpty() ? null : bytesRefusal(bodyBytes, growing);
        return refusal == null && growing ? entriesRefusal(request, next) : refusal;
    }

    private @Nullable StoreFullException bytesRefusal(int bodyBytes, boolean growing) {
        long forDeletes = log.segmentBytes();
        long forCompaction = Math.max(0, log.segmentBytes() - log.space().bytesBesideOriginals());
        long kept = growing ? forDeletes + forCompaction : forCompaction;
        long bytes = log.bytesOnDisk() + log.collectedBytes();
        if (bytes + log.frameBytes(bodyBytes) <= limits.bytesOnDiskMax() - kept) {
            return null;
        }
        return new StoreFullException("The store has " + bytes + " bytes on disk; " + bodyBytes
                + " more would leave too little of bytesOnDiskMax, " + limits.bytesOnDiskMax()
                + " bytes, to free space again. Delete something, compact the store, or raise bytesOnDiskMax");
    }

    private @Nullable StoreFullException entriesRefusal(CommitRequest request, StateBuilder next) {
        if (limits.entriesMax() == Long.MAX_VALUE) {
            return null; // Counting costs a lookup for each write.
        }
        long entries = next.entries();
        long added = next.entriesAddedBy(request.writes());
        if (added <= 0 || entries + added <= limits.entriesMax()) {
            return null;
        }
        return new StoreFullException("The store has " + entries + " entries, " + added
                + " more would exceed entriesMax, " + limits.entriesMax() + ". Delete something, or raise entriesMax");
    }

    /** Notes that the disk is full, and returns the refusal. */
    StoreFullException full(StorageFullException cause) {
        log.space().becameFull(cause);
        return diskIsFull(cause);
    }

    private static StoreFullException restIsKept() {
        return new StoreFullException("The disk is full, and what is left of it is kept for compaction; nothing was"
                + " written. Compact the store, which frees the space of what was deleted; then delete more, or less at"
                + " once");
    }

    private static StoreFullException diskIsFull(StorageFullException cause) {
        return new StoreFullException(
                "Not enough space for the commit (" + cause.getMessage()
                        + "); nothing was written. Free space on the disk, or delete something and compact the store:"
                        + " writes resume by themselves when there is space",
                cause);
    }
}
