package org.storedb.internal.transaction;

import org.storedb.error.StoreException;
import org.storedb.internal.log.SegmentedLog;

/** Commits that enter the trees at once, each validated against the result of the ones before it. */
final class StatePart extends GroupPart {

    private final StateBuilder next;
    private final LatestState latest;
    private final SegmentedLog log;
    private final CommitAdmission admission;
    private final boolean notesPrevious;

    /**
     * Creates a part without members.
     *
     * @param next the state under construction, to which members are added
     * @param notesPrevious whether members note the locations of the records that they replace
     */
    StatePart(
            StateBuilder next, LatestState latest, SegmentedLog log, CommitAdmission admission, boolean notesPrevious) {
        this.next = next;
        this.latest = latest;
        this.log = log;
        this.admission = admission;
        this.notesPrevious = notesPrevious;
    }

    @Override
    boolean add(PendingCommit member) {
        CommitRequest request = member.request();
        CommitOutcome conflict = next.findConflict(request);
        if (conflict != null) {
            decide(member, conflict);
            return true;
        }
        if (notesPrevious) {
            next.notePrevious(request.writes(), member.body());
        }
        StoreException refusal = admission.refusal(member, next);
        if (refusal != null) {
            member.fail(refusal);
            return true;
        }
        if (!log.hasRoomFor(member.body())) {
            return false;
        }
        CommitOutcome notUnique = next.changeIndexes(request.indexChanges());
        decide(member, notUnique == null ? commit(member) : notUnique);
        return true;
    }

    private CommitOutcome commit(PendingCommit member) {
        CommitRequest request = member.request();
        if (request.isNothing()) {
            return new CommitOutcome.Committed(next.sequence());
        }
        long sequence = next.sequence() + 1;
        int segment = log.append(sequence, member.body());
        next.changeRecords(sequence, request.writes(), segment, member.body());
        request.installedIndexes().forEach(next::install);
        return new CommitOutcome.Committed(sequence);
    }

    @Override
    void publish() {
        latest.publish(() -> next.build(log.segments(), log.active()));
    }
}
