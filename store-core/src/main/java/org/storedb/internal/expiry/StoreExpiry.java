package org.storedb.internal.expiry;

import java.time.Duration;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.StoreState;

/**
 * Everything that an open store does about records that expire: it hides them, notes the time in the log, and removes
 * them. Safe for use by many threads.
 */
public final class StoreExpiry {

    private final ExpiryService states;
    private final ExpiryRenewal renewal;
    private final ExpiryNotes notes;
    private final ExpiryPurge purge;
    private final ClockWatch clockWatch;
    private final Duration grace;

    /**
     * Creates an expiry that does nothing by itself; {@link #step} is to be called repeatedly.
     *
     * @param grace how long expired records are kept before they are removed
     * @param knownMillis the latest time in the log, since 1970-01-01 UTC
     */
    public StoreExpiry(
            LocalCommitPipeline pipeline,
            CatalogService catalog,
            Environment environment,
            StoreClock clock,
            Duration grace,
            long knownMillis) {
        this.renewal = new ExpiryRenewal(pipeline, clock);
        this.states = new ExpiryService(
                pipeline::snapshot,
                pipeline::replaceState,
                catalog,
                clock,
                renewal::write,
                pipeline::isHeldByCurrentThread);
        this.notes = new ExpiryNotes(pipeline, knownMillis);
        this.purge = new ExpiryPurge(pipeline, clock, environment, grace);
        this.clockWatch = new ClockWatch(clock, environment.nanoTicker());
        this.grace = grace;
    }

    /** Returns the latest state, without anything that has expired by now: {@link ExpiryService#state}. */
    public StoreState state() {
        return states.state();
    }

    /** Returns a state without what has expired: {@link ExpiryService#withoutExpired}. */
    public StoreState withoutExpired(StoreState state) {
        return states.withoutExpired(state);
    }

    /** Notes that a record was read. */
    public void used(int treeId, byte[] key, RecordExpiry expiry) {
        renewal.used(treeId, key, expiry);
    }

    /** Does the background work: even if no state is requested, what has expired is noted in the log, and removed. */
    public void step() {
        clockWatch.look(grace);
        renewal.write();
        states.state();
        notes.write();
        purge.step();
    }

    /**
     * Removes everything that has expired, however recently.
     *
     * @return the number of removed records
     */
    public long purgeAll() {
        states.state();
        return purge.purgeAll();
    }

    /** Returns how many records have been removed so far. */
    public long purged() {
        return purge.purged();
    }

    /** Makes a running step or purge end soon. */
    public void stop() {
        purge.close();
    }

    /** Writes what the log does not know yet, without waiting for the medium; to be called before the log is closed. */
    public void write() {
        renewal.write();
        notes.write();
    }
}
