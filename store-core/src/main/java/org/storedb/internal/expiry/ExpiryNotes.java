package org.storedb.internal.expiry;

import org.storedb.error.StoreException;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.StoreState;

/**
 * Has the log say how late it is when something has expired, so that it stays expired when the wall clock is behind at the
 * next open. Every commit says so; only where none comes an empty one is made. Safe for use by many threads.
 */
public final class ExpiryNotes {

    private final LocalCommitPipeline pipeline;
    private final long knownMillis;

    /**
     * Notes in the log of a store.
     *
     * @param knownMillis the latest time that is in the log, since 1970-01-01 UTC
     */
    public ExpiryNotes(LocalCommitPipeline pipeline, long knownMillis) {
        this.pipeline = pipeline;
        this.knownMillis = knownMillis;
    }

    /** Makes a commit if it is needed, and does not wait for the medium. */
    public void write() {
        StoreState state = pipeline.state();
        if (state.expiries().asOfMillis() <= Math.max(knownMillis, pipeline.notedMillis())) {
            return;
        }
        try {
            pipeline.commit(CommitRequest.ofTime(state, false));
        } catch (StoreException e) { // A store that cannot be written goes on without it.
            System.getLogger(ExpiryNotes.class.getName())
                    .log(System.Logger.Level.DEBUG, "The time cannot be written to the log", e);
        }
    }
}
