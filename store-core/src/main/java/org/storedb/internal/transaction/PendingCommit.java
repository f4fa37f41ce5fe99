package org.storedb.internal.transaction;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.StoreException;
import org.storedb.internal.log.FrameBody;

/** A request on its way through the pipeline, and the thread that waits for it. */
final class PendingCommit {

    /** How often to check before going to sleep: a commit without a sync takes less time than waking a thread. */
    private static final int SPINS = 1000;

    /** The same for one that may be waiting for a sync, which takes longer than that. */
    private static final int SPINS_BEFORE_SYNC = 100;

    private final CommitRequest request;
    private final FrameBody body;
    private @Nullable Semaphore signals;
    private @Nullable CommitOutcome decision;
    private volatile @Nullable CommitOutcome outcome;
    private volatile @Nullable StoreException failure;
    private volatile @Nullable Throwable breakage;

    PendingCommit(CommitRequest request, FrameBody body) {
        this.request = request;
        this.body = body;
    }

    CommitRequest request() {
        return request;
    }

    /** Returns the writes of the request, as they go to the log. */
    FrameBody body() {
        return body;
    }

    /** Makes it visible to other threads. Until then its own thread is the one that completes it, and cannot wait. */
    void beginWaiting() {
        signals = new Semaphore(0);
    }

    /** Sets the outcome that it gets as soon as what it needs is done; for the leading thread. */
    void decide(CommitOutcome newDecision) {
        decision = newDecision;
    }

    /** Returns whether it is to be acknowledged only when it is on the medium. */
    boolean needsSync() {
        return request.durable() && decision instanceof CommitOutcome.Committed;
    }

    boolean isDone() {
        return outcome != null || failure != null || breakage != null;
    }

    /** Completes it with the outcome that was decided. */
    void complete() {
        outcome = decision;
        wake();
    }

    void fail(StoreException newFailure) {
        failure = newFailure;
        wake();
    }

    /** Ends it, unless it has ended, with a failure that leaves open whether it took effect. Allocates nothing. */
    void breakOff(Throwable cause) {
        if (!isDone()) {
            breakage = cause;
            wake();
        }
    }

    /** Makes the waiting thread check again: it is done, or it may lead. */
    void wake() {
        if (signals != null) {
            signals.release();
        }
    }

    /** Returns when it is done or was woken since the last call; ignores interrupts. */
    void await() {
        Semaphore own = Objects.requireNonNull(signals);
        int spins = request.durable() ? SPINS_BEFORE_SYNC : SPINS;
        for (int spin = 0; spin < spins; spin++) {
            if (isDone() || own.tryAcquire()) {
                return;
            }
        }
        own.acquireUninterruptibly();
    }

    /** Returns its outcome, if it has ended. */
    CommitOutcome outcome() {
        StoreException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        Throwable cause = breakage;
        if (cause != null) {
            throw new CommitOutcomeUnknownException(
                    "The commit failed while it was being written (" + cause + "); whether it took effect is known"
                            + " once the store is opened again",
                    cause);
        }
        return Objects.requireNonNull(outcome, "Not done yet");
    }
}
