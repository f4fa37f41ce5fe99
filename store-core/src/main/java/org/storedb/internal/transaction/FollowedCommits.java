package org.storedb.internal.transaction;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.storedb.error.ReadOnlyException;

/** The states that another process commits. Nothing can be committed here. Safe for use by many threads. */
public final class FollowedCommits implements CommitPipeline {

    private final String refusal;
    private volatile StoreState state;

    /**
     * Begins with a state.
     *
     * @param refusal what to tell whoever wants to commit something
     */
    public FollowedCommits(StoreState state, String refusal) {
        this.state = state;
        this.refusal = refusal;
    }

    @Override
    public StoreState state() {
        return state;
    }

    /** Lets everybody see the next state. */
    public synchronized void publish(StoreState next) {
        state = next;
    }

    /** Puts another form of the same state in its place. */
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
