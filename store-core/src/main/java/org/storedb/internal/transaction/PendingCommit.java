package org.storedb.internal.transaction;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.log.FrameBody;

/** A request on its way through the pipeline, and the thread that waits for it. */
final class PendingCommit {

    /** How often to look before going to sleep; a commit that needs no sync is done sooner than a thread is woken. */
    private static final int SPINS = 100;

    private final CommitRequest request;
    private final FrameBody body;
    private final Semaphore signals = new Semaphore(0);
    private volatile @Nullable CommitOutcome outcome;
    private volatile @Nullable StoreException failure;

    PendingCommit(CommitRequest request, FrameBody body) {
        this.request = request;
        this.body = body;
    }

    CommitRequest request() {
        return request;
    }

    /** The writes of the request, as they go to the log. */
    FrameBody body() {
        return body;
    }

    boolean isDone() {
        return outcome != null || failure != null;
    }

    void complete(CommitOutcome newOutcome) {
        outcome = newOutcome;
        wake();
    }

    void fail(StoreException newFailure) {
        failure = newFailure;
        wake();
    }

    /** Lets the waiting thread look again: it is done, or it may lead. */
    void wake() {
        signals.release();
    }

    /** Returns when it is done or there was a signal since the last time; an interrupt does not matter. */
    void await() {
        for (int spin = 0; spin < SPINS; spin++) {
            if (isDone() || signals.tryAcquire()) {
                return;
            }
        }
        signals.acquireUninterruptibly();
    }

    /** How it ended, if it did. */
    CommitOutcome outcome() {
        StoreException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return Objects.requireNonNull(outcome, "Not done yet");
    }
}
