package org.storedb.internal.feed;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreFullException;
import org.storedb.feed.ChangeRequest;

/**
 * How far a consumer has confirmed what it received and, if it has a name, when that is recorded. For one thread at a
 * time; the confirmed position may be read by any.
 */
final class ConfirmedPosition {

    /**
     * Number of commits that needed no confirmation, since they contained nothing requested, after which the position
     * is recorded nevertheless.
     */
    private static final long UNASKED_COMMITS_MAX = 10_000;

    /** Pause before retrying to record a position on a full disk. */
    private static final long RETRY_NANOS = 10_000_000;

    private final FeedSource source;
    private final RecordedPositions positions;
    private final @Nullable String name;
    private final boolean before;
    private final int transactionsMost;
    private final long nanosMost;
    private volatile long confirmed;
    private volatile long recorded;
    private boolean released; // Guarded by this.
    private int unrecorded;
    private long unrecordedSince;

    /**
     * Creates the position of a consumer that begins after {@code start}, which is already recorded under its name, if
     * it has one.
     */
    ConfirmedPosition(FeedSource source, RecordedPositions positions, ChangeRequest request, long start) {
        this.source = source;
        this.positions = positions;
        this.name = request.name();
        this.before = request.before();
        this.transactionsMost = request.recordTransactions();
        this.nanosMost = TimeUnit.NANOSECONDS.convert(request.recordTime());
        this.confirmed = start;
        this.recorded = start;
    }

    /** Returns the position after everything that has been confirmed. */
    long confirmed() {
        return confirmed;
    }

    /** Returns the name of the consumer, or {@code null}. */
    @Nullable
    String name() {
        return name;
    }

    /** Returns the position from which the next consumer of this name continues. */
    long recorded() {
        return recorded;
    }

    /**
     * Confirms everything up to a position.
     *
     * @param transactions how many transactions were handed out since the last call
     */
    void confirm(long position, int transactions) {
        confirmed = position;
        if (transactions > 0 && unrecorded == 0) {
            unrecordedSince = source.nanos();
        }
        unrecorded += transactions;
        recordIfDue();
    }

    /**
     * Returns how long it takes until something is to be recorded if nothing else is confirmed; at least some
     * milliseconds.
     */
    long nanosUntilDue() {
        return name == null || unrecorded == 0
                ? Long.MAX_VALUE
                : Math.max(RETRY_NANOS, nanosMost - (source.nanos() - unrecordedSince));
    }

    /** Records the position if it is due. A full disk delays this: deletes must be able to proceed meanwhile. */
    void recordIfDue() {
        if (name == null || recorded == confirmed) {
            return;
        }
        boolean due = unrecorded >= transactionsMost
                || (unrecorded > 0 && source.nanos() - unrecordedSince >= nanosMost)
                || confirmed - recorded >= UNASKED_COMMITS_MAX;
        if (due) {
            try {
                record();
            } catch (StoreFullException e) {
                System.getLogger(ConfirmedPosition.class.getName())
                        .log(System.Logger.Level.DEBUG, "The position of '" + name + "' will be recorded later", e);
            }
        }
    }

    /** Records the confirmed position, if it is new and the name has not been released. */
    synchronized void record() {
        if (name != null && !released && recorded != confirmed) {
            long position = confirmed;
            positions.record(name, position, before);
            recorded = position;
            unrecorded = 0;
        }
    }

    /** Leaves the name to another consumer: from now on nothing is recorded. May be called by any thread. */
    synchronized void release() {
        released = true;
    }
}
