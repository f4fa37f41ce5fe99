package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.storedb.error.StoreException;

/** Commits that are written, made durable and published together, with the outcome of each. */
abstract sealed class GroupPart permits StatePart, PutPart {

    private final List<PendingCommit> members = new ArrayList<>(1);
    private boolean durable;

    /**
     * Adds a member, or refuses it.
     *
     * @return whether its outcome is settled; if not, the log has to roll first
     */
    abstract boolean add(PendingCommit member);

    /** Makes the commits, which are in the log by now, visible. */
    abstract void publish();

    /** Settles the outcome of a member. */
    final void decide(PendingCommit member, CommitOutcome outcome) {
        member.decide(outcome);
        members.add(member);
        durable |= member.needsSync();
    }

    final boolean isEmpty() {
        return members.isEmpty();
    }

    final boolean isSingle() {
        return members.size() == 1;
    }

    /** Returns whether a member is to be acknowledged only when it is on the medium. */
    final boolean isDurable() {
        return durable;
    }

    final List<PendingCommit> members() {
        return members;
    }

    /** Notifies each member of its outcome. */
    final void complete() {
        for (PendingCommit member : members) {
            member.complete();
        }
    }

    /** Notifies each member that nothing was written. */
    final void fail(StoreException failure) {
        members.forEach(member -> member.fail(failure));
    }
}
