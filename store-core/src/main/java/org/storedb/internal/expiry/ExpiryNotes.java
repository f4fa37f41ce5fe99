package org.storedb.internal.expiry;

import org.storedb.error.StoreException;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.StoreState;

/**
 * Writes the current time to the log when something has expired, so that it stays expired if the wall clock is behind
 * at the next open. Every commit does this; an empty one is made only if there is no other. Safe for use by many
 * threads.
 */
public final class ExpiryNotes {

    private final LocalCommitPipeline pipeline;
    private final long knownMillis;

    /**
     * Creates notes in the log of a store.
     *
     * @param knownMillis the latest time in the log, since 1970-01-01 UTC
     */
    public ExpiryNotes(LocalCommitPipeline pipeline, long knownMillis) {
        this.pipeline = pipeline;
        this.knownMillis = knownMillis;
    }

    /** Makes a commit if necessary, without waiting for the medium. */
    public void write() {
        StoreState state = pipeline.state();
        if (state.expiries().asOfMillis() <= Math.max(knownMillis, pipeline.notedMillis())) {
            return;
        }
        try {
            pipeline.commit(CommitRequest.ofTime(state, false));
        } catch (StoreException e) { // A store that cannot be written continues without it.
            System.getLogger(ExpiryNotes.class.getName())
                    .log(System.Logger.Level.DEBUG, "The time cannot be written to the log", e);
        }
    }
}
