package org.storedb.internal.expiry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.ExpiredRecord;
import org.storedb.internal.transaction.Expiries;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeTable;

/**
 * Commits deletes of what has expired, so that its space can be reused. No reader sees the difference, so there is no
 * hurry, and a wrong wall clock need not cost data: what is removed was set aside a while ago, as measured by a
 * monotonic clock, and has expired by the wall clock, too. Safe for use by many threads; {@code this} is held while
 * records are removed.
 */
public final class ExpiryPurge {

    private static final int BATCH_RECORDS = 256;
    private static final long STEP_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PAUSE_NANOS_MAX = Duration.ofMillis(5).toNanos();
    private static final int ATTEMPTS = 3;

    private final LocalCommitPipeline pipeline;
    private final StoreClock clock;
    private final Environment environment;
    private final long graceNanos;
    private @Nullable Candidates candidates;
    private final AtomicLong purged = new AtomicLong();
    private volatile boolean closed;

    /**
     * Creates a purge that has removed nothing yet.
     *
     * @param grace how long records that were set aside are kept
     */
    public ExpiryPurge(LocalCommitPipeline pipeline, StoreClock clock, Environment environment, Duration grace) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.environment = environment;
        this.graceNanos = grace.toNanos();
    }

    /** Removes, for a short time, some of what was set aside long enough ago; to be called repeatedly. */
    public void step() {
        long startNanos = environment.nanoTicker().getAsLong();
        try {
            synchronized (this) {
                purgeUntil(startNanos + STEP_NANOS);
            }
        } catch (StoreException e) { // Nothing depends on it. It is retried.
            System.getLogger(ExpiryPurge.class.getName())
                    .log(System.Logger.Level.DEBUG, "Expired records cannot be removed at the moment", e);
        }
    }

    /**
     * Removes everything that was set aside and has expired by the wall clock, however recently.
     *
     * @return the number of removed records
     * @throws StoreClosedException if the store is closed before the end
     */
    public synchronized long purgeAll() {
        Candidates all = new Candidates(pipeline.state().expiries().expired(), 0);
        long removed = 0;
        List<Found> batch = all.next();
        while (!batch.isEmpty()) {
            if (closed) {
                throw new StoreClosedException(
                        "The store was closed when " + removed + " expired records had been removed");
            }
            removed += remove(batch);
            batch = all.next();
        }
        return removed;
    }

    /** Returns how many records have been removed so far. */
    public long purged() {
        return purged.get();
    }

    /** Makes whatever is running end soon. */
    public void close() {
        closed = true;
    }

    private void purgeUntil(long endNanos) {
        if (candidates == null) {
            if (pipeline.state().expiries().expiredCount() == 0) {
                return;
            }
            candidates = new Candidates(
                    pipeline.state().expiries().expired(),
                    environment.nanoTicker().getAsLong());
        }
        Candidates current = candidates;
        long now = environment.nanoTicker().getAsLong();
        if (now - current.sinceNanos < graceNanos) {
            return;
        }
        while (!closed && now - endNanos < 0) {
            List<Found> batch = current.next();
            if (batch.isEmpty()) {
                candidates = null;
                return;
            }
            long before = now;
            remove(batch);
            now = environment.nanoTicker().getAsLong();
            environment.pause(Math.min(now - before, PAUSE_NANOS_MAX));
        }
    }

    /** Removes a batch; concurrent changes of its records win. */
    private long remove(List<Found> batch) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            StoreState state = pipeline.state();
            List<RecordWrite> deletes = new ArrayList<>();
            for (Found found : batch) {
                if (isStillExpired(state.expiries(), found)) {
                    RecordExpiry expired = new RecordExpiry(found.record.expiryMillis(), 0);
                    deletes.add(RecordWrite.purge(found.treeId, found.key, expired));
                }
            }
            if (deletes.isEmpty()) {
                return 0;
            }
            CommitOutcome outcome = pipeline.commit(CommitRequest.ofWrites(state, deletes, false));
            if (outcome instanceof CommitOutcome.Committed) {
                purged.addAndGet(deletes.size());
                return deletes.size();
            }
        }
        return 0;
    }

    private boolean isStillExpired(Expiries expiries, Found found) {
        ExpiredRecord current = expiries.findExpired(found.treeId, found.key);
        return current != null
                && current.pointer().sequence() == found.record.pointer().sequence()
                && current.expiryMillis() <= clock.wallMillis();
    }

    /** A record that was set aside. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Found(int treeId, byte[] key, ExpiredRecord record) {}

    /** What had been set aside at one moment and has not been processed yet. */
    private static final class Candidates {

        private final TreeTable<ExpiredRecord> expired;
        private final int[] treeIds;
        private final long sinceNanos;
        private int tree;
        private @Nullable TreeCursor<ExpiredRecord> cursor;

        Candidates(TreeTable<ExpiredRecord> expired, long sinceNanos) {
            this.expired = expired;
            this.treeIds = expired.ids();
            this.sinceNanos = sinceNanos;
        }

        /** Returns the next ones, all of one tree; none at the end. */
        List<Found> next() {
            List<Found> batch = new ArrayList<>();
            while (batch.isEmpty() && tree < treeIds.length) {
                TreeCursor<ExpiredRecord> current =
                        cursor == null ? expired.get(treeIds[tree]).cursor(TreeRange.all()) : cursor;
                cursor = current;
                while (batch.size() < BATCH_RECORDS && current.next()) {
                    batch.add(new Found(treeIds[tree], current.key(), current.value()));
                }
                if (batch.size() < BATCH_RECORDS) {
                    tree++;
                    cursor = null;
                }
            }
            return batch;
        }
    }
}
