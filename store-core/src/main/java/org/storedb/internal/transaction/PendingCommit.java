package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;

/** A request on its way through the pipeline. Guarded by the pipeline's lock. */
final class PendingCommit {

    private final CommitRequest request;
    private @Nullable CommitOutcome outcome;
    private @Nullable StoreException failure;

    PendingCommit(CommitRequest request) {
        this.request = request;
    }

    CommitRequest request() {
        return request;
    }

    boolean isDone() {
        return outcome != null || failure != null;
    }

    void complete(CommitOutcome newOutcome) {
        outcome = newOutcome;
    }

    void fail(StoreException newFailure) {
        failure = newFailure;
    }

    /** Whether it was found good and its frame is on the way to the medium. */
    boolean isAccepted() {
        return outcome instanceof CommitOutcome.Committed;
    }

    CommitOutcome outcome() {
        if (failure != null) {
            throw failure;
        }
        if (outcome == null) {
            throw new IllegalStateException("Not done yet");
        }
        return outcome;
    }
}
