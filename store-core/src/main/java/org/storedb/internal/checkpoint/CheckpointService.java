package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.SingleRun;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageFullException;

/**
 * Writes checkpoints: in the background when the log has grown enough since the last one, and when the store is closed.
 * Commits wait only while the state and the end of the log are noted. A checkpoint that cannot be written is not a
 * failure of the store; it only makes the next open slower. Safe for use by many threads; {@code this} guards what is
 * known of checkpoints.
 */
public final class CheckpointService {

    private static final Duration POLICY_PAUSE = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofMinutes(1);
    private static final long CHUNK_PAUSE_NANOS_MAX = Duration.ofMillis(50).toNanos();

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final SpaceAccounting accounting;
    private final Environment environment;
    private final Thresholds thresholds;
    private final CheckpointFile file;
    private final SingleRun background = new SingleRun(() -> run(new BackgroundPace()));
    private @Nullable LogMark latest;
    private @Nullable CheckpointRun lastRun;
    private volatile boolean closed;

    /**
     * Creates a service that writes nothing yet.
     *
     * @param latest the mark of the directory's checkpoint, or {@code null}
     */
    public CheckpointService(
            CheckpointFile file,
            SegmentedLog log,
            LocalCommitPipeline pipeline,
            SpaceAccounting accounting,
            Environment environment,
            Thresholds thresholds,
            @Nullable LogMark latest) {
        this.log = log;
        this.pipeline = pipeline;
        this.accounting = accounting;
        this.environment = environment;
        this.thresholds = thresholds;
        this.file = file;
        this.latest = latest;
    }

    /** Writes checkpoints automatically from now on. */
    public void startAutomatic() {
        environment.tasks().repeat(POLICY_PAUSE, this::startIfWorthwhile);
    }

    /** Returns the latest attempt since the store was opened, or {@code null}. */
    public synchronized @Nullable CheckpointRun lastRun() {
        return lastRun;
    }

    /** Returns how many bytes of the log the next open would have to read. */
    public synchronized long bytesBehind() {
        return latest == null ? log.segments().bytes() : latest.bytesBehind(log.segments());
    }

    /** Makes a running checkpoint stop soon, and starts no other. */
    public void close() {
        closed = true;
    }

    /** Writes the last checkpoint, after the log has been closed and nothing else is in progress. */
    public void writeClosing() {
        if (log.failure() == null && bytesBehind() >= Math.max(1, thresholds.closingBytes())) {
            run(() -> {});
        }
    }

    private synchronized void startIfWorthwhile() {
        if (!closed && !background.isRunning() && log.failure() == null && !hasJustFailed() && isWorthwhile()) {
            background.startIn(environment.tasks()::execute);
        }
    }

    private boolean isWorthwhile() {
        long share = (long) (thresholds.growth() * log.segments().bytes());
        return bytesBehind() >= Math.max(thresholds.growthBytes(), share);
    }

    private boolean hasJustFailed() {
        return lastRun != null
                && lastRun.failure() != null
                && environment.clock().instant().isBefore(lastRun.startedAt().plus(RETRY_PAUSE));
    }

    private void run(CheckpointWriter.Pace pace) {
        Instant startedAt = environment.clock().instant();
        long startNanos = environment.nanoTicker().getAsLong();
        Checkpoint checkpoint = null;
        long bytes = 0;
        String failure = null;
        try {
            Moment moment = pipeline.whileNoCommit(this::moment);
            checkpoint = Checkpoint.of(moment.state, moment.mark, moment.spaces);
            bytes = write(checkpoint, pace);
        } catch (CancellationException e) {
            failure = "the store is being closed";
            file.deleteUnfinished();
        } catch (IOException | RuntimeException | Error e) { // Also for lack of memory: a checkpoint is only a copy.
            failure = e instanceof IOException || e instanceof StoreException
                    ? String.valueOf(e.getMessage())
                    : e.toString();
            System.getLogger(CheckpointService.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Cannot write a checkpoint (" + failure
                                    + "); nothing is lost, but opening the store will take longer",
                            e instanceof StorageFullException ? null : e);
            file.deleteUnfinished();
        }
        Duration duration = Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
        synchronized (this) {
            long sequence = checkpoint == null ? 0 : checkpoint.mark().sequence();
            lastRun = new CheckpointRun(startedAt, duration, sequence, bytes, failure);
            if (checkpoint != null && failure == null) {
                latest = checkpoint.mark();
            }
        }
    }

    private Moment moment() {
        StoreState state = pipeline.state();
        return new Moment(state, log.mark(state.sequence()), accounting.spaces());
    }

    /**
     * Writes a checkpoint, unless this would leave too little space for compaction. What it states must not be lost
     * once it exists, so the log is made durable first.
     */
    private long write(Checkpoint checkpoint, CheckpointWriter.Pace pace) throws IOException {
        long bytes = file.prepare(checkpoint, pace, this::requireRoom);
        log.sync();
        pace.chunkWritten();
        file.publish();
        log.syncDirectory(); // If this fails, directory entries of the log may be lost, too, so the log stops.
        return bytes;
    }

    /** Ends writing early: if it took what is kept, commits would find the disk full meanwhile. */
    private void requireRoom(int bytes) throws StorageFullException {
        if (!log.space().keepsReserve(bytes)) {
            throw new StorageFullException("what is left on the disk is kept for compaction");
        }
    }

    /**
     * When to write a checkpoint.
     *
     * @param growthBytes minimum growth of the log in bytes
     * @param growth minimum growth as a share of the whole log
     * @param closingBytes minimum growth in bytes when the store is closed
     */
    public record Thresholds(long growthBytes, double growth, long closingBytes) {}

    /** Consistent data, taken between two commits. */
    private record Moment(StoreState state, LogMark mark, List<SpaceAccounting.Space> spaces) {}

    /** Pauses for as long as it works, within a bound, and stops when the store is closed. */
    private final class BackgroundPace implements CheckpointWriter.Pace {

        private long lastNanos = environment.nanoTicker().getAsLong();

        @Override
        public void chunkWritten() {
            if (closed) {
                throw new CancellationException("The store is being closed");
            }
            long taken = environment.nanoTicker().getAsLong() - lastNanos;
            environment.pause(Math.min(taken, CHUNK_PAUSE_NANOS_MAX));
            lastNanos = environment.nanoTicker().getAsLong();
        }
    }
}
