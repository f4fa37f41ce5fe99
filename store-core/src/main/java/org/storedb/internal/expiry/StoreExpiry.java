package org.storedb.internal.expiry;

import java.time.Duration;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.StoreState;

/**
 * All that one open store does about records that expire: nobody sees them, the log learns of it, and they are removed.
 * Safe for use by many threads.
 */
public final class StoreExpiry {

    private final ExpiryService states;
    private final ExpiryRenewal renewal;
    private final ExpiryNotes notes;
    private final ExpiryPurge purge;
    private final ClockWatch clockWatch;
    private final Duration grace;

    /**
     * Does nothing by itself; {@link #step} is to be called again and again.
     *
     * @param grace how long what has expired stays before it is removed
     * @param knownMillis the latest time that is in the log, since 1970-01-01 UTC
     */
    public StoreExpiry(
            LocalCommitPipeline pipeline,
            CatalogService catalog,
            Environment environment,
            StoreClock clock,
            Duration grace,
            long knownMillis) {
        this.renewal = new ExpiryRenewal(pipeline, clock);
        this.states = new ExpiryService(pipeline::snapshot, pipeline::replaceState, catalog, clock, renewal::write);
        this.notes = new ExpiryNotes(pipeline, knownMillis);
        this.purge = new ExpiryPurge(pipeline, clock, environment, grace);
        this.clockWatch = new ClockWatch(clock, environment.nanoTicker());
        this.grace = grace;
    }

    /** The latest state, without anything that has expired by now. */
    public StoreState state() {
        return states.state();
    }

    /** The given state unless something in it has expired; else the latest, without that. */
    public StoreState withoutExpired(StoreState state) {
        return states.withoutExpired(state);
    }

    /** Notes that a record was read. */
    public void used(int treeId, byte[] key, RecordExpiry expiry) {
        renewal.used(treeId, key, expiry);
    }

    /** For the background: also without anybody asking for a state, what has expired becomes known to the log, and goes. */
    public void step() {
        clockWatch.look(grace);
        renewal.write();
        states.state();
        notes.write();
        purge.step();
    }

    /**
     * Removes all that has expired, however short ago.
     *
     * @return how many records that were
     */
    public long purgeAll() {
        states.state();
        return purge.purgeAll();
    }

    /** How many records have been removed so far. */
    public long purged() {
        return purge.purged();
    }

    /** Lets a running step end soon. */
    public void stop() {
        purge.close();
    }

    /** Writes what the log does not know yet, and does not wait for the medium; before the log is closed. */
    public void write() {
        renewal.write();
        notes.write();
    }
}
