package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.log.SegmentedLog;

/**
 * Commits that only put records, whatever existed before: no tree decides whether they are committed. They become
 * {@link RecentPuts}, and enter the trees later.
 */
final class PutPart extends GroupPart {

    private static final int WRITES_MAX = 4096;

    private final LatestState latest;
    private final SegmentedLog log;
    private final long before;
    private int writes;

    PutPart(LatestState latest, SegmentedLog log) {
        this.latest = latest;
        this.log = log;
        this.before = latest.sequence();
    }

    /** Returns whether a request can be a member of such a part, in the state that it would be added to. */
    static boolean accepts(CommitRequest request, StoreState state) {
        List<RecordWrite> writes = request.writes();
        if (request.durable() || request.dependsOnTrees() || writes.isEmpty() || writes.size() > WRITES_MAX) {
            return false;
        }
        for (int i = 0; i < writes.size(); i++) {
            RecordWrite write = writes.get(i);
            if (!write.isBlindPut() || state.expiries().knows(write.treeId())) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean add(PendingCommit member) {
        if (writes > WRITES_MAX || !log.hasRoomFor(member.body())) {
            return false;
        }
        long sequence = before + members().size() + 1;
        log.append(sequence, member.body());
        writes += member.request().writes().size();
        decide(member, new CommitOutcome.Committed(sequence));
        return true;
    }

    @Override
    void publish() {
        List<RecentPut> puts = new ArrayList<>(writes);
        for (int i = 0; i < members().size(); i++) {
            addPuts(puts, members().get(i), before + i + 1);
        }
        latest.add(puts);
    }

    private void addPuts(List<RecentPut> puts, PendingCommit member, long sequence) {
        SegmentTable segments = log.segments();
        Segment active = log.active();
        FrameBody body = member.body();
        List<RecordWrite> all = member.request().writes();
        for (int i = 0; i < all.size(); i++) {
            RecordWrite write = all.get(i);
            RecordPointer pointer = new RecordPointer(active.id(), body.recordOffset(i), body.recordBytes(i), sequence);
            puts.add(new RecentPut(write.treeId(), write.key(), pointer, segments, active.bytes()));
        }
    }
}
