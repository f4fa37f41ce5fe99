package org.storedb.internal.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.storage.StorageFullException;

/**
 * Commits groups of requests: validates each against the state that the ones before it lead to, so that a group behaves
 * as if its commits had come one by one; writes them with one call; and publishes the new state when the group is as
 * durable as its members request. Thus no reader sees what a crash could take back from under a commit that was
 * promised to be durable.
 *
 * <p>For one thread at a time, the holder of the lock of {@link LocalCommitPipeline}; only the setters may be called by
 * any thread.
 */
final class GroupCommit {

    private final SegmentedLog log;
    private final LatestState latest;
    private final SpaceAccounting accounting;
    private final CommitAdmission admission;
    private final RecentPutIndexer indexer;
    private volatile Runnable afterRoll = () -> {};
    private volatile Runnable afterCommit = () -> {};
    private volatile boolean notesPrevious;
    private volatile long notedMillis;
    private boolean closed;

    GroupCommit(
            SegmentedLog log,
            LatestState latest,
            SpaceAccounting accounting,
            CommitAdmission admission,
            RecentPutIndexer indexer) {
        this.log = log;
        this.latest = latest;
        this.accounting = accounting;
        this.admission = admission;
        this.indexer = indexer;
    }

    void afterRoll(Runnable task) {
        afterRoll = task;
    }

    void afterCommit(Runnable task) {
        afterCommit = task;
    }

    void setNotesPrevious(boolean notes) {
        notesPrevious = notes;
    }

    long notedMillis() {
        return notedMillis;
    }

    /** Refuses every request from now on. */
    void close() {
        closed = true;
    }

    /**
     * Commits a group, in parts if it fills the segment: each part is one write, and one sync if a member requests it.
     * Whatever happens, each member is notified.
     */
    void commit(List<PendingCommit> group) {
        try {
            List<PendingCommit> left = group;
            while (!left.isEmpty()) {
                left = commitPart(left);
            }
        } catch (IOException | RuntimeException | Error e) {
            log.fail(e);
            for (int i = 0; i < group.size(); i++) { // Memory may have run out, so nothing is allocated here.
                group.get(i).breakOff(e);
            }
        }
    }

    /**
     * Commits the first members of a group.
     *
     * @return those that remain to be committed
     */
    private List<PendingCommit> commitPart(List<PendingCommit> group) throws IOException {
        StoreException refusal = refusal();
        if (refusal != null) {
            group.forEach(pending -> pending.fail(refusal));
            return List.of();
        }
        GroupPart part = newPart(group);
        for (int i = 0; i < group.size(); i++) {
            if (!part.add(group.get(i))) {
                if (part.isEmpty()) {
                    makeRoom(group.get(i));
                }
                break;
            }
        }
        if (!part.isEmpty()) {
            finish(part);
        }
        return unsettled(group);
    }

    private GroupPart newPart(List<PendingCommit> group) {
        if (canBeDeferred(group)) {
            return new PutPart(latest, log);
        }
        return new StatePart(new StateBuilder(latest.index(), accounting), latest, log, admission, notesPrevious);
    }

    private boolean canBeDeferred(List<PendingCommit> group) {
        if (notesPrevious || !admission.admitsAll() || !latest.mayDefer()) {
            return false;
        }
        for (int i = 0; i < group.size(); i++) {
            if (!PutPart.accepts(group.get(i).request(), latest.indexed())) {
                return false;
            }
        }
        return true;
    }

    private static List<PendingCommit> unsettled(List<PendingCommit> group) {
        List<PendingCommit> left = List.of();
        for (PendingCommit pending : group) {
            if (!pending.isDone()) {
                left = left.isEmpty() ? new ArrayList<>() : left;
                left.add(pending);
            }
        }
        return left;
    }

    /** Rolls the log for a request whose frame does not fit into the active segment, or refuses it. */
    private void makeRoom(PendingCommit pending) throws IOException {
        try {
            roll(log.bytesOf(pending.body()));
            afterRoll.run();
        } catch (StorageFullException e) {
            pending.fail(admission.full(e));
        }
    }

    /**
     * Seals the active segment and begins another one with room for a body of this length.
     *
     * @throws StorageFullException if there is no space for it; nothing has changed then
     */
    void roll(int neededBytes) throws IOException {
        StoreState state = latest.index();
        log.roll(state.sequence(), neededBytes);
        publishSegments(state);
    }

    /** Publishes this state with the segments that the log has now. */
    void publishSegments(StoreState state) {
        latest.publish(() -> new StateBuilder(state, accounting).build(log.segments(), log.active()));
    }

    /**
     * Writes and publishes what was added. If the disk is full, nothing of it was written, and each member is retried
     * alone: there may be room for some.
     */
    private void finish(GroupPart part) throws IOException {
        boolean hasFrames = log.collectedBytes() > 0; // Not if all members conflict with others.
        try {
            log.flush();
        } catch (StorageFullException e) {
            StoreException full = admission.full(e);
            if (part.isSingle()) {
                part.fail(full);
            } else {
                part.members().forEach(pending -> commit(List.of(pending)));
            }
            return;
        }
        if (part.isDurable()) {
            log.sync();
        }
        if (hasFrames) {
            noteTime(latest.indexed().expiries().asOfMillis()); // The frames are not older.
        }
        part.publish();
        part.complete();
        afterCommit.run();
        indexer.indexIfMany();
    }

    private void noteTime(long millis) {
        if (notedMillis != millis) {
            notedMillis = millis;
        }
    }

    /** Returns why nothing can be written any more, or {@code null}. */
    private @Nullable StoreException refusal() {
        if (closed) {
            return new StoreClosedException("The store was closed before the commit; open it again");
        }
        try {
            log.requireWritable();
            return null;
        } catch (StoreFailedException e) {
            return e;
        }
    }
}
