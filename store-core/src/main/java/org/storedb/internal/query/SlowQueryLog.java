package org.storedb.internal.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.QueryPlanner.PricedPlan;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.SlowQuery;
import org.storedb.query.text.QueryKind;

/** Watches queries, logs those that take long and keeps the latest of them. Safe for use by many threads. */
public final class SlowQueryLog {

    private static final System.Logger LOGGER = System.getLogger("org.storedb.slow-queries");

    private final long thresholdNanos;
    private final boolean withValues;
    private final int kept;
    private final InstantSource clock;
    private final LongSupplier nanoTicker;
    private final Deque<Entry> entries = new ArrayDeque<>(); // Guarded by itself; newest first.

    /**
     * Creates an empty log.
     *
     * @param withValues whether the values of conditions are shown
     * @param kept maximum number of entries that are kept
     */
    public SlowQueryLog(
            Duration threshold, boolean withValues, int kept, InstantSource clock, LongSupplier nanoTicker) {
        this.thresholdNanos = TimeUnit.NANOSECONDS.convert(threshold);
        this.withValues = withValues;
        this.kept = kept;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
    }

    /** Returns the latest slow queries, newest first. */
    public List<SlowQuery> latest() {
        synchronized (entries) {
            List<SlowQuery> latest = new ArrayList<>();
            entries.forEach(entry -> latest.add(entry.query));
            return latest;
        }
    }

    /** Begins to watch a query. */
    Watch watch(QueryKind kind, String collection, Query query) {
        return new Watch(kind, collection, query);
    }

    /** Finds the groups of an aggregation, which is logged, if it was slow, when it has finished. */
    List<GroupSource.Group> watchedGroups(AggregationRun run) {
        Instant began = clock.instant();
        long startNanos = nanoTicker.getAsLong();
        List<GroupSource.Group> groups = run.watchedGroups(nanoTicker, false);
        long nanos = nanoTicker.getAsLong() - startNanos;
        if (nanos >= thresholdNanos) {
            add(new SlowQuery(began, Duration.ofNanos(nanos), true, run.explanation(withValues)));
        }
        return groups;
    }

    private static void log(SlowQuery slow) {
        LOGGER.log(
                System.Logger.Level.WARNING,
                () -> slow.finished()
                        ? "Slow query\n" + slow.explanation()
                        : "Slow query, not finished after " + slow.time().toMillis() + " ms: "
                                + slow.explanation().query());
    }

    private Entry add(SlowQuery slow) {
        log(slow);
        Entry entry = new Entry(slow);
        synchronized (entries) {
            entries.addFirst(entry);
            if (entries.size() > kept) {
                entries.removeLast();
            }
        }
        return entry;
    }

    private void replace(Entry entry, SlowQuery slow) {
        log(slow);
        synchronized (entries) {
            entry.query = slow;
        }
    }

    /** An entry, which changes once: when its query finishes. */
    private static final class Entry {

        private SlowQuery query;

        Entry(SlowQuery query) {
            this.query = query;
        }
    }

    /** One query while it runs. It is slow from the moment when it has taken too long, whether finished or not. */
    final class Watch {

        private final QueryKind kind;
        private final String collection;
        private final Query query;
        private final Instant began = clock.instant();
        private final PlanMeters meters = new PlanMeters(null);
        private List<PricedPlan> plans = QueryPlanner.NOTHING;
        private long startNanos;
        private long spentNanos;
        private long rows;
        private @Nullable Entry entry;
        private boolean finished;

        private Watch(QueryKind kind, String collection, Query query) {
            this.kind = kind;
            this.collection = collection;
            this.query = query;
            resume();
        }

        /** Returns the meters that count the rows of each step. */
        PlanMeters meters() {
            return meters;
        }

        void planned(List<PricedPlan> newPlans) {
            plans = newPlans;
        }

        /** Notes that the store continues to work on the query. */
        void resume() {
            startNanos = nanoTicker.getAsLong();
        }

        /** Notes that the store has worked on the query up to now. */
        void pause(boolean isFinished) {
            spentNanos += nanoTicker.getAsLong() - startNanos;
            if (spentNanos < thresholdNanos || finished || (entry != null && !isFinished)) {
                return;
            }
            finished = isFinished;
            if (entry == null) {
                entry = add(slow());
            } else {
                replace(entry, slow());
            }
        }

        void finish(long result) {
            rows = result;
            pause(true);
        }

        /** Returns the same documents, watching the read of each. */
        DocumentSource watched(DocumentSource source) {
            return () -> {
                resume();
                FoundDocument next = source.next();
                rows += next == null ? 0 : 1;
                pause(next == null || rows == query.limit());
                return next;
            };
        }

        private SlowQuery slow() {
            QueryExplanation explanation =
                    new Explanations(kind, collection, query, withValues).of(plans, meters, rows, spentNanos);
            return new SlowQuery(began, Duration.ofNanos(spentNanos), finished, explanation);
        }
    }
}
