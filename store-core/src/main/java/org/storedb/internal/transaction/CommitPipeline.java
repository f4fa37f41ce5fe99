package org.storedb.internal.transaction;

import java.util.function.Function;

/** The only way to change the state of a store. Safe for use by many threads. */
public interface CommitPipeline {

    /** Returns the state after the last commit that was acknowledged, or is about to be. */
    StoreState state();

    /**
     * Validates, writes and publishes a transaction; returns when it is as durable as it requests. An implementation
     * may obtain the answer from elsewhere: nothing is known before it returns.
     *
     * @throws org.storedb.error.CommitOutcomeUnknownException if writing failed in the middle
     * @throws org.storedb.error.StoreFailedException if writing had failed before
     * @throws org.storedb.error.StoreClosedException if the store has been closed
     */
    CommitOutcome commit(CommitRequest request);

    /**
     * Commits what {@code work} derives from the latest state, with no other commit in between: for rare changes that
     * depend on much of it. Readers proceed, writers wait.
     */
    CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work);
}
