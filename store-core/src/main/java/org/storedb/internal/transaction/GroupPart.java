package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.storedb.error.StoreException;

/** Commits that are written, made durable and published together, with what is to become of each. */
final class GroupPart {

    private final StateBuilder builder;
    private final List<PendingCommit> members = new ArrayList<>(1);
    private boolean durable;

    GroupPart(StateBuilder builder) {
        this.builder = builder;
    }

    /** The state that the members added so far lead to. */
    StateBuilder builder() {
        return builder;
    }

    void add(PendingCommit member, CommitOutcome outcome) {
        member.decide(outcome);
        members.add(member);
        durable |= member.needsSync();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean isSingle() {
        return members.size() == 1;
    }

    /** Whether a member is to be acknowledged only when it is on the medium. */
    boolean isDurable() {
        return durable;
    }

    List<PendingCommit> members() {
        return members;
    }

    /** Tells each member how it ended. */
    void complete() {
        for (PendingCommit member : members) {
            member.complete();
        }
    }

    /** Tells each member that nothing was written. */
    void fail(StoreException failure) {
        members.forEach(member -> member.fail(failure));
    }
}
