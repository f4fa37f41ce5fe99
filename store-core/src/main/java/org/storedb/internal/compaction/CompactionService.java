package org.storedb.internal.compaction;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * Runs compactions in the background, one at a time, on demand and by policy. Safe for use by many threads; {@code this}
 * guards the running compaction and the results.
 */
public final class CompactionService {

    /** A segment is not worth rewriting for less: a freshly compacted one has about a hundredth of overhead. */
    private static final double DEAD_RATIO_LEAST = 0.05;

    private static final int RESULTS_KEPT = 10;
    private static final Duration POLICY_PAUSE = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofMinutes(1);

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final SpaceAccounting accounting;
    private final Environment environment;
    private final Compactor compactor;
    private final Deque<CompactionRun> results = new ArrayDeque<>();
    private @Nullable Running running;
    private volatile boolean closed;

    public CompactionService(
            SegmentedLog log, LocalCommitPipeline pipeline, SpaceAccounting accounting, Environment environment) {
        this.log = log;
        this.pipeline = pipeline;
        this.accounting = accounting;
        this.environment = environment;
        this.compactor = new Compactor(log, pipeline, accounting);
    }

    /** Compacts segments by itself from now on, each when this share of its bytes is dead. */
    public void startAutomatic(double deadRatio) {
        environment.tasks().repeat(POLICY_PAUSE, () -> startIfWorthwhile(deadRatio));
    }

    /** Starts a compaction of everything with dead bytes or without the current key, or joins the running one. */
    public CompletableFuture<CompactionRun> start() {
        return start(DEAD_RATIO_LEAST, true);
    }

    /** The latest compactions, newest first. */
    public synchronized List<CompactionRun> results() {
        return List.copyOf(results);
    }

    /** How far the running compaction is, or {@code null}. */
    public synchronized @Nullable Progress progress() {
        return running == null ? null : new Progress(running.startedAt, running.segmentsDone, running.segmentsTotal);
    }

    /** Lets a running compaction stop soon, and starts no other. */
    public void close() {
        closed = true;
    }

    private synchronized CompletableFuture<CompactionRun> start(double deadRatio, boolean asked) {
        if (closed) {
            throw new StoreClosedException("The store is closed; open it again");
        }
        log.requireWritable();
        if (running == null) {
            Running next = new Running(environment.clock().instant());
            running = next;
            environment.tasks().execute(() -> run(next, deadRatio, asked));
        }
        return running.result;
    }

    private void startIfWorthwhile(double deadRatio) {
        boolean pausing = closed || log.failure() != null || hasJustFailed();
        if (!pausing && !chooseSealed(deadRatio, false).isEmpty()) {
            var unused = start(deadRatio, false);
        }
    }

    /** Whatever was in the way (a full disk, a damaged record) is seldom gone a second later. */
    private synchronized boolean hasJustFailed() {
        CompactionRun latest = results.peekFirst();
        return latest != null
                && latest.failure() != null
                && environment.clock().instant().isBefore(latest.startedAt().plus(RETRY_PAUSE));
    }

    private void run(Running run, double deadRatio, boolean asked) {
        long startNanos = environment.nanoTicker().getAsLong();
        long bytesBefore = log.segments().bytes();
        int compacted = 0;
        long copied = 0;
        StoreException failure = null;
        try {
            if (asked) {
                rollIfWorthwhile(deadRatio);
            }
            List<Segment> chosen = pipeline.whileNoCommit(() -> chooseSealed(deadRatio, asked));
            run.segmentsTotal = chosen.size();
            if (!chosen.isEmpty()) {
                copied = compactor.compact(chosen, done -> run.segmentsDone = done, () -> closed);
                compacted = chosen.size();
            }
        } catch (CancellationException e) {
            failure = new StoreClosedException("The compaction was stopped because the store is being closed");
        } catch (StoreException e) {
            failure = e;
        } catch (IOException | RuntimeException | Error e) { // Whoever waits for it must hear of anything.
            failure = new StoreIoException("The compaction failed: " + e, e);
        }
        finish(
                run,
                new CompactionRun(
                        run.startedAt,
                        Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos),
                        compacted,
                        copied,
                        bytesBefore,
                        log.segments().bytes(),
                        failure == null ? null : failure.getMessage()),
                failure);
    }

    private void finish(Running run, CompactionRun result, @Nullable StoreException failure) {
        synchronized (this) {
            running = null;
            results.addFirst(result);
            if (results.size() > RESULTS_KEPT) {
                results.removeLast();
            }
        }
        if (failure == null) {
            run.result.complete(result);
        } else {
            System.getLogger(CompactionService.class.getName())
                    .log(System.Logger.Level.WARNING, failure.getMessage(), failure);
            run.result.completeExceptionally(failure);
        }
    }

    private void rollIfWorthwhile(double deadRatio) throws IOException {
        for (Segment segment : log.segments().all()) {
            if (!segment.isSealed() && isWorthwhile(segment, deadRatio, true)) {
                pipeline.rollLog();
                return;
            }
        }
    }

    private List<Segment> chooseSealed(double deadRatio, boolean asked) {
        return log.segments().all().stream()
                .filter(segment -> segment.isSealed() && isWorthwhile(segment, deadRatio, asked))
                .toList();
    }

    private boolean isWorthwhile(Segment segment, double deadRatio, boolean asked) {
        if (asked && !log.isOfCurrentKey(segment)) {
            return true; // To be encrypted with another key, or at all.
        }
        long kept = accounting.liveBytesOfSegment(segment.id());
        if (compactor.isDeleteNeeded(segment.newestDelete(), Set.of(segment.id()))) {
            kept += segment.deleteBytes(); // They would only be copied.
        }
        return segment.bytes() - kept >= deadRatio * segment.bytes();
    }

    /** How far a compaction is. */
    public record Progress(Instant startedAt, int segmentsDone, int segmentsTotal) {}

    private static final class Running {
        private final Instant startedAt;
        private final CompletableFuture<CompactionRun> result = new CompletableFuture<>();
        private volatile int segmentsDone;
        private volatile int segmentsTotal;

        Running(Instant startedAt) {
            this.startedAt = startedAt;
        }
    }
}
