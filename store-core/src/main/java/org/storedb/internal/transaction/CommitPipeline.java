package org.storedb.internal.transaction;

import java.util.function.Function;

/** The only way by which the state of a store changes. Safe for use by many threads. */
public interface CommitPipeline {

    /** The state after the last commit that was acknowledged, or is about to be. */
    StoreState state();

    /**
     * Validates, writes and publishes a transaction; returns when it is as durable as it asks for. Ready for the answer
     * to come from elsewhere: nothing is known before it returns.
     *
     * @throws org.storedb.error.CommitOutcomeUnknownException if writing failed in the middle
     * @throws org.storedb.error.StoreFailedException if writing had failed before
     * @throws org.storedb.error.StoreClosedException if the store has been closed
     */
    CommitOutcome commit(CommitRequest request);

    /**
     * Commits what {@code work} makes of the latest state, with no other commit in between: for rare changes that depend
     * on much of it. Readers go on, writers wait.
     */
    CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work);
}
