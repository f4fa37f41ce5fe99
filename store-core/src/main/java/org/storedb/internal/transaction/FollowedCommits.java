package org.storedb.internal.transaction;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.storedb.error.ReadOnlyException;

/** The states that another process commits. Nothing can be committed here. Safe for use by many threads. */
public final class FollowedCommits implements CommitPipeline {

    private final String refusal;
    private volatile StoreState state;

    /**
     * Creates the commits, beginning with a state.
     *
     * @param refusal the message for callers that try to commit
     */
    public FollowedCommits(StoreState state, String refusal) {
        this.state = state;
        this.refusal = refusal;
    }

    @Override
    public StoreState state() {
        return state;
    }

    /** Makes the next state visible. */
    public synchronized void publish(StoreState next) {
        state = next;
    }

    /** Replaces the state by another form of it. */
    public synchronized void replaceState(UnaryOperator<StoreState> derivation) {
        state = derivation.apply(state);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        throw new ReadOnlyException(refusal);
    }

    @Override
    public CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
        throw new ReadOnlyException(refusal);
    }
}
