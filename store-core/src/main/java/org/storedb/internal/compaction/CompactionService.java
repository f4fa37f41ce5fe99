package org.storedb.internal.compaction;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CompactionCancelledException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFullException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.storage.StorageFullException;

/**
 * Runs compactions in the background, one at a time, on demand and by policy. Each proceeds in batches, whose results
 * are kept even if it is interrupted; batches of the policy fill one segment, so they need no more space than that.
 * Safe for use by many threads; {@code this} guards the running compaction and the results.
 */
public final class CompactionService {

    private static final int RESULTS_KEPT = 10;
    private static final Duration POLICY_PAUSE = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE_MAX = Duration.ofMinutes(1);

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final Environment environment;
    private final long bytesPerSecondMax;
    private final CompactionChooser chooser;
    private final Compactor compactor;
    private final Deque<CompactionResult> results = new ArrayDeque<>();
    private @Nullable CompactionControl running;
    private @Nullable CompletableFuture<CompactionResult> next; // Of the compaction that follows one of the policy.
    private int uselessInARow;
    private long reclaimedBytes;
    private volatile boolean closed;

    /**
     * Creates a service for one log.
     *
     * @param bytesOnDiskMax maximum size of the log, including copies
     * @param bytesPerSecondMax maximum speed at which compactions read
     * @param keeper may require some commits to be kept
     */
    public CompactionService(
            SegmentedLog log,
            LocalCommitPipeline pipeline,
            SpaceAccounting accounting,
            Environment environment,
            long bytesOnDiskMax,
            long bytesPerSecondMax,
            CommitKeeper keeper) {
        this.log = log;
        this.pipeline = pipeline;
        this.environment = environment;
        this.bytesPerSecondMax = bytesPerSecondMax;
        this.chooser = new CompactionChooser(log, accounting, bytesOnDiskMax, keeper);
        this.compactor = new Compactor(log, pipeline, accounting, chooser, keeper);
    }

    /**
     * Compacts segments automatically from now on.
     *
     * @param deadRatio share of the log that may be dead
     */
    public void startAutomatic(double deadRatio) {
        Runnable policy = () -> startIfWorthwhile(deadRatio);
        pipeline.afterRoll(() -> environment.tasks().execute(policy)); // Many segments may be filled during the pause.
        environment.tasks().repeat(POLICY_PAUSE, policy);
    }

    /**
     * Starts a compaction of everything with dead bytes or without the current key, or joins the running one of this
     * kind. One of the policy does less, so another one follows it.
     */
    public synchronized CompletableFuture<CompactionResult> start() {
        requireStartable();
        CompactionControl current = running;
        if (current != null && current.onDemand()) {
            return current.result();
        }
        CompletableFuture<CompactionResult> result = next == null ? new CompletableFuture<>() : next;
        if (current == null) {
            begin(true, result, chooser::onDemand, () -> {});
        } else {
            next = result;
        }
        return result;
    }

    /**
     * Makes the running compaction stop soon, and the one that is to follow it not begin.
     *
     * @return whether there was one
     */
    public synchronized boolean cancel() {
        if (running == null) {
            return false;
        }
        running.cancel();
        CompletableFuture<CompactionResult> following = next;
        if (following != null) {
            next = null;
            deliver(() -> following.completeExceptionally(CompactionControl.cancellation()));
        }
        return true;
    }

    /** Returns the progress of the running compaction, and what the latest ones did. */
    public synchronized CompactionStatus status() {
        List<CompactionResult> latest = List.copyOf(results);
        return running == null ? CompactionStatus.idle(reclaimedBytes, latest) : running.status(reclaimedBytes, latest);
    }

    /** Makes a running compaction stop soon, and starts no other. */
    public void close() {
        closed = true;
        cancel();
    }

    private void requireStartable() {
        if (closed) {
            throw new StoreClosedException("The store is closed; open it again");
        }
        log.requireWritable();
    }

    private synchronized void startAutomatically(double deadRatio) {
        requireStartable();
        if (running == null) {
            begin(
                    false,
                    new CompletableFuture<>(),
                    () -> chooser.automatic(deadRatio),
                    () -> startIfWorthwhile(deadRatio));
        }
    }

    /** Begins a compaction. The caller holds the lock, and none is running. */
    private void begin(
            boolean onDemand,
            CompletableFuture<CompactionResult> result,
            Supplier<List<Segment>> choice,
            Runnable afterwards) {
        CompactionControl control = new CompactionControl(environment, bytesPerSecondMax, onDemand, result);
        environment.tasks().execute(() -> {
            run(control, choice);
            afterwards.run();
        });
        running = control; // It cannot have ended yet: for that it needs the lock.
    }

    private void beginNext() {
        CompletableFuture<CompactionResult> following = next;
        next = null;
        if (following != null) {
            try {
                begin(true, following, chooser::onDemand, () -> {});
            } catch (RuntimeException | Error e) { // Perhaps no thread was available.
                deliver(() -> following.completeExceptionally(e));
            }
        }
    }

    private void startIfWorthwhile(double deadRatio) {
        boolean pausing = closed || log.failure() != null || isRunning() || wasJustUseless();
        if (pausing || chooser.automatic(deadRatio).isEmpty()) {
            return;
        }
        try {
            startAutomatically(deadRatio);
        } catch (StoreException e) {
            System.getLogger(CompactionService.class.getName())
                    .log(System.Logger.Level.DEBUG, "An automatic compaction cannot be started", e);
        }
    }

    private synchronized boolean isRunning() {
        return running != null;
    }

    /**
     * Returns whether to pause after failures. Their cause (a full disk, a damaged record) seldom disappears at once;
     * the pause doubles each time.
     */
    private synchronized boolean wasJustUseless() {
        CompactionResult latest = results.peekFirst();
        if (latest == null || uselessInARow == 0) {
            return false;
        }
        Duration pause = POLICY_PAUSE.multipliedBy(1L << Math.min(uselessInARow, 6));
        Instant end = latest.startedAt().plus(latest.duration());
        return environment
                .clock()
                .instant()
                .isBefore(end.plus(pause.compareTo(RETRY_PAUSE_MAX) < 0 ? pause : RETRY_PAUSE_MAX));
    }

    private void run(CompactionControl control, Supplier<List<Segment>> choice) {
        Totals totals = new Totals(log.segments().bytes());
        StoreException failure = null;
        try {
            if (control.onDemand()) {
                rollIfWorthwhile();
            }
            compact(new ArrayList<>(pipeline.whileNoCommit(choice)), control, totals);
        } catch (StoreException e) {
            failure = e;
        } catch (StorageFullException e) {
            failure = noRoom(e.getMessage(), e);
        } catch (IOException | RuntimeException | Error e) { // Waiting callers must be told of any failure.
            failure = new StoreIoException("The compaction failed: " + e, e);
        }
        CompactionResult result = totals.result(control, log.segments().bytes(), failure);
        finish(control, result, failure, failure == null && (control.onDemand() || result.bytesReclaimed() > 0));
    }

    /**
     * Compacts segments batch by batch.
     *
     * @param left segments are removed when they are done: no reference here may keep the map of a deleted file, and
     *     thus its space
     */
    private void compact(List<Segment> left, CompactionControl control, Totals totals) throws IOException {
        control.begin(left.size(), left.stream().mapToLong(Segment::bytes).sum());
        if (left.isEmpty()) {
            releaseDeletedFilesIfNeeded();
        }
        while (!left.isEmpty()) {
            try {
                compactNext(left, control, totals);
                releaseDeletedFilesIfNeeded();
            } finally {
                log.space().endCopies();
            }
        }
    }

    /** Makes the space of deleted files usable if the disk would look full without it. */
    private void releaseDeletedFilesIfNeeded() {
        if (!log.space().keepsReserveWithoutCopies(log.segmentBytes())) {
            environment.releaseDeletedFiles();
        }
    }

    private void compactNext(List<Segment> left, CompactionControl control, Totals totals) throws IOException {
        Batch batch = chooser.batch(left, control.onDemand());
        if (batch.isEmpty()) {
            environment.releaseDeletedFiles();
            batch = chooser.batch(left, control.onDemand());
        }
        if (batch.isEmpty()) {
            throw noRoom("the copies of " + left.size() + " segments do not fit", null);
        }
        totals.add(batch, compactor.compact(batch, control));
        left.removeAll(batch.segments());
    }

    private static StoreFullException noRoom(@Nullable String why, @Nullable Throwable cause) {
        return new StoreFullException(
                "Not enough space for the compaction (" + why + "); nothing is lost. Free space on the disk, raise"
                        + " bytesOnDiskMax if the store has reached it, or delete something: segments without live"
                        + " records need no space",
                cause);
    }

    private void finish(
            CompactionControl control, CompactionResult result, @Nullable StoreException failure, boolean useful) {
        synchronized (this) {
            running = null;
            uselessInARow = useful ? 0 : uselessInARow + 1;
            reclaimedBytes += Math.max(0, result.bytesReclaimed()); // Sorting records may need a few more bytes.
            results.addFirst(result);
            if (results.size() > RESULTS_KEPT) {
                results.removeLast();
            }
            beginNext();
        }
        if (failure == null) {
            deliver(() -> control.result().complete(result));
        } else {
            boolean wanted = failure instanceof CompactionCancelledException; // By the user, or by closing the store.
            System.getLogger(CompactionService.class.getName())
                    .log(
                            wanted ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                            failure.getMessage(),
                            failure instanceof StoreFullException ? null : failure);
            deliver(() -> control.result().completeExceptionally(failure));
        }
    }

    /**
     * Completes a result elsewhere: users' dependent actions may take any time, or close the store, which waits for
     * this thread.
     */
    private void deliver(Runnable completion) {
        try {
            environment.tasks().deliver(completion);
        } catch (RuntimeException | Error e) { // Perhaps for lack of a thread; waiting callers must be told.
            completion.run();
        }
    }

    private void rollIfWorthwhile() throws IOException {
        if (!pipeline.whileNoCommit(chooser::isActiveWorthwhile)) { // Recent puts count, too.
            return;
        }
        try {
            pipeline.rollLog();
        } catch (StorageFullException e) { // Then without it; this compaction may make space for the next one.
            System.getLogger(CompactionService.class.getName())
                    .log(System.Logger.Level.DEBUG, "The active segment is not compacted", e);
        }
    }

    /** The results of a compaction so far. */
    private static final class Totals {

        private final long logBytesBefore;
        private int segments;
        private long records;
        private long reclaimed;

        Totals(long logBytesBefore) {
            this.logBytesBefore = logBytesBefore;
        }

        void add(Batch batch, Compactor.Copied copied) {
            segments += batch.segments().size();
            records += copied.records();
            reclaimed += batch.bytes() - copied.bytes();
        }

        CompactionResult result(CompactionControl control, long logBytesAfter, @Nullable StoreException failure) {
            return new CompactionResult(
                    control.startedAt(),
                    Duration.ofNanos(control.nanos()),
                    segments,
                    records,
                    logBytesBefore,
                    logBytesAfter,
                    reclaimed,
                    failure == null ? null : failure.getMessage());
        }
    }
}
