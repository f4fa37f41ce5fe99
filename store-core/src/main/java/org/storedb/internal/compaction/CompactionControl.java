package org.storedb.internal.compaction;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.storedb.error.CompactionCancelledException;
import org.storedb.internal.io.Environment;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;

/** One compaction, for its observers: its progress, its maximum speed, and whether it is to stop. */
final class CompactionControl {

    /** Maximum length of a pause before checking again whether to stop. */
    private static final long PAUSE_NANOS_MAX = 50_000_000;

    private final Environment environment;
    private final long bytesPerSecondMax;
    private final boolean onDemand;
    private final CompletableFuture<CompactionResult> result;
    private final Instant startedAt;
    private final long startNanos;
    private volatile int segmentsDone;
    private volatile int segmentsTotal;
    private volatile long bytesDone;
    private volatile long bytesTotal;
    private volatile boolean cancelled;
    private long finishedBytes;
    private long pacedBytes;

    /**
     * Creates the control of a compaction that begins now.
     *
     * @param onDemand whether it was started by a call, not by the policy
     * @param result completed at its end
     */
    CompactionControl(
            Environment environment,
            long bytesPerSecondMax,
            boolean onDemand,
            CompletableFuture<CompactionResult> result) {
        this.environment = environment;
        this.bytesPerSecondMax = bytesPerSecondMax;
        this.onDemand = onDemand;
        this.result = result;
        this.startedAt = environment.clock().instant();
        this.startNanos = environment.nanoTicker().getAsLong();
    }

    Instant startedAt() {
        return startedAt;
    }

    long nanos() {
        return environment.nanoTicker().getAsLong() - startNanos;
    }

    boolean onDemand() {
        return onDemand;
    }

    CompletableFuture<CompactionResult> result() {
        return result;
    }

    void begin(int segments, long bytes) {
        segmentsTotal = segments;
        bytesTotal = bytes;
    }

    /** Notes that this many bytes of unfinished segments are done; for the compacting thread. */
    void partlyDone(long bytes) {
        bytesDone = finishedBytes + bytes;
    }

    /** Notes that segments are finished, which may have been partly done before; for the compacting thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void segmentsDone(int segments, long bytes) {
        finishedBytes += bytes;
        segmentsDone += segments;
        bytesDone = finishedBytes;
    }

    CompactionStatus status(long bytesReclaimed, List<CompactionResult> lastResults) {
        return new CompactionStatus(
                true, startedAt, segmentsDone, segmentsTotal, bytesDone, bytesTotal, bytesReclaimed, lastResults);
    }

    /** Makes it stop soon. */
    void cancel() {
        cancelled = true;
    }

    /**
     * Called for each piece that was read; waits until the next one may be read.
     *
     * @throws CompactionCancelledException if it is to stop
     */
    void pace(long bytes) {
        requireWanted();
        pacedBytes += bytes;
        if (bytesPerSecondMax == Long.MAX_VALUE) {
            return;
        }
        long wantedNanos = (long) (1e9 * pacedBytes / bytesPerSecondMax);
        long early = wantedNanos - nanos();
        while (early > 0) {
            environment.pause(Math.min(early, PAUSE_NANOS_MAX));
            requireWanted();
            early = wantedNanos - nanos();
        }
    }

    private void requireWanted() {
        if (cancelled) {
            throw cancellation();
        }
    }

    /** Returns the exception that a cancelled compaction ends with. */
    static CompactionCancelledException cancellation() {
        return new CompactionCancelledException(
                "The compaction was cancelled; what it had finished is kept, the rest is unchanged");
    }
}
