package org.storedb.internal.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.internal.codec.PackedValue;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.storage.StorageFullException;

/**
 * Commits to the log of this process. The committing threads do the work themselves: each tries to get the lock,
 * with its request in the queue unless it meets nobody; whoever gets the lock leads, that is, commits all that is
 * queued as one group (one write, one sync), and wakes the others when it is done. While a group waits for the
 * medium, the next one gathers.
 *
 * <p>{@code lock} guards everything but the queue and the published state. No wake-up is lost: a request is in the
 * queue before its thread looks for the lock, and whoever lets go of the lock afterwards wakes the head of the
 * queue. Requests are validated one after the other against the state that the ones before them lead to, so a group
 * behaves as if its commits had come singly. The new state is published only when the group is as durable as its
 * members ask for: nobody sees what a crash could take back from under a commit that was promised to be durable.
 */
public final class LocalCommitPipeline implements CommitPipeline {

    private static final int GROUP_REQUESTS_MAX = 1024;

    private final SegmentedLog log;
    private final SpaceAccounting accounting;
    private final ValueCompression compression;
    private final CommitAdmission admission;
    private final Queue<PendingCommit> queue = new ConcurrentLinkedQueue<>();
    private final List<PendingCommit> gathered = new ArrayList<>(GROUP_REQUESTS_MAX);
    private final ReentrantLock lock = new ReentrantLock();
    private final RecordHints hints = new RecordHints();
    private final LatestState latest;
    private final RecentPutIndexer indexer;
    private volatile Runnable afterRoll = () -> {};
    private volatile long notedMillis;
    private volatile Runnable afterCommit = () -> {};
    private volatile boolean notesPrevious;
    private boolean closed;

    public LocalCommitPipeline(
            SegmentedLog log,
            StoreState state,
            SpaceAccounting accounting,
            CommitLimits limits,
            ValueCompression compression) {
        this.log = log;
        this.latest = new LatestState(hinted(state), accounting, log::fail);
        this.indexer = new RecentPutIndexer(latest);
        this.accounting = accounting;
        this.compression = compression;
        this.admission = new CommitAdmission(log, limits);
    }

    private StoreState hinted(StoreState unhinted) {
        Segment active = log.active();
        return unhinted.with(new StateHints(hints, 0, -1, 0).at(active.id(), active.bytes()));
    }

    @Override
    public StoreState state() {
        return latest.get();
    }

    /** The same for a reader whom others may follow soon: for a while commits are not deferred then. */
    public StoreState snapshot() {
        return latest.snapshot();
    }

    /** The newest state whose trees are made: it lacks recent puts and nothing else. Costs nothing. */
    public StoreState indexedState() {
        return latest.indexed();
    }

    /** See {@link LatestState#whileUnchanged}. */
    <R> R whileUnchanged(Function<StoreState, R> look) {
        return latest.whileUnchanged(look);
    }

    /** See {@link LatestState#findRecent}. */
    @Nullable
    RecentPut findRecent(int treeId, byte[] key) {
        return latest.findRecent(treeId, key);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        PendingCommit own = new PendingCommit(request, encode(request));
        // Whoever meets nobody needs no place in the queue. Those who come in between join the group.
        if (queue.isEmpty() && tryLead()) {
            try {
                commitQueued(own);
            } finally {
                unlock();
            }
            return own.outcome();
        }
        own.beginWaiting();
        queue.add(own);
        try {
            while (!own.isDone()) {
                leadOrAwait(own);
            }
        } catch (Error e) { // The request may be in the queue still, where whoever leads next would commit it.
            log.fail(e);
            queue.remove(own);
            wakeNext(); // It may have been this thread that was to lead.
            throw e;
        }
        return own.outcome();
    }

    private void leadOrAwait(PendingCommit own) {
        if (!tryLead()) {
            own.await();
            return;
        }
        try {
            if (!own.isDone()) {
                commitQueued(null);
            }
        } finally {
            unlock();
        }
    }

    /** Who needs the lock for something else is let through, lest a stream of commits keeps it out for ever. */
    private boolean tryLead() {
        return !lock.hasQueuedThreads() && lock.tryLock();
    }

    @Override
    public CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
        lock.lock();
        try {
            CommitRequest request = work.apply(latest.index());
            PendingCommit own = new PendingCommit(request, encode(request));
            commitGroup(List.of(own));
            return own.outcome();
        } finally {
            unlock();
        }
    }

    /** What had expired by this time has expired according to the log, too, in milliseconds since 1970-01-01 UTC. */
    public long notedMillis() {
        return notedMillis;
    }

    /** Points keys to copies of their records, which are in the log's current segments. Commits wait for a moment only. */
    public void relocate(List<Relocation> relocations) {
        lock.lock();
        try {
            latest.announce(new Relocations(relocations, log.segments()));
        } finally {
            unlock();
        }
        latest.relocate();
    }

    /** Publishes a state with the log's current segments, and without those that are no longer among them. */
    public void releaseSegments() {
        lock.lock();
        try {
            publishSegments(latest.index());
        } finally {
            unlock();
        }
    }

    /** Puts another form of the same state in its place, with what can be derived from its records. */
    public void replaceState(UnaryOperator<StoreState> derivation) {
        lock.lock();
        try {
            StoreState state = latest.index();
            StoreState derived = derivation.apply(state);
            latest.publish(() -> {
                hints.forgetChanged(state, derived);
                return hinted(derived);
            });
        } finally {
            unlock();
        }
    }

    /** To be changed only {@link #whileUnchanged}. */
    RecordHints hints() {
        return hints;
    }

    /** Has something short done each time when commits have filled a segment. */
    public void afterRoll(Runnable task) {
        afterRoll = task;
    }

    /** Has puts put into the trees by other threads when there are many. */
    public void indexWith(Consumer<Runnable> executor) {
        indexer.runWith(executor);
    }

    /** Has something done each time when commits have been published. It must be quick, and must not fail. */
    public void afterCommit(Runnable task) {
        afterCommit = task;
    }

    /** Whether commits are to note where the records are that they take the place of; it makes them longer. */
    public void setNotesPrevious(boolean notes) {
        notesPrevious = notes;
    }

    /** Looks at something while no commit is under way. In the middle of one the log may be ahead of the state. */
    public <R> R whileNoCommit(Supplier<R> look) {
        lock.lock();
        try {
            latest.index(); // Then nothing becomes of the state, whoever asks for it, as long as the lock is held.
            return look.get();
        } finally {
            unlock();
        }
    }

    /**
     * Seals the segment that is being appended to, so that it can be compacted, and begins another one.
     *
     * @throws StorageFullException if there is no space for that; nothing has changed then
     */
    public void rollLog() throws IOException {
        lock.lock();
        try {
            log.requireWritable();
            roll(0);
        } catch (StorageFullException e) {
            log.space().becameFull(e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            log.fail(e); // What was collected or written of a footer must not come before another commit.
            throw e;
        } finally {
            unlock();
        }
    }

    /** Waits for the running group, and keeps every later one out. */
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            try {
                latest.index(); // Whoever asks for the last state must not have to make it.
            } finally {
                log.close();
            }
        } finally {
            unlock();
        }
    }

    private void unlock() {
        lock.unlock();
        wakeNext();
    }

    private void wakeNext() {
        PendingCommit next = queue.peek();
        if (next != null) {
            next.wake();
        }
    }

    /**
     * Commits what is queued as one group; for whoever holds the lock.
     *
     * @param first what comes before, if it is not {@code null}
     */
    private void commitQueued(@Nullable PendingCommit first) {
        if (first != null) {
            gathered.add(first);
        }
        PendingCommit next = queue.poll();
        while (next != null) {
            gathered.add(next); // There is room for it: what has left the queue must not get lost for want of memory.
            next = gathered.size() < GROUP_REQUESTS_MAX ? queue.poll() : null;
        }
        try {
            commitGroup(gathered);
        } finally {
            gathered.clear();
        }
    }

    /**
     * Commits a group, in parts if it fills the segment: each part is one write, and one sync if a member asks for it.
     * Whatever happens, each member hears of it.
     */
    private void commitGroup(List<PendingCommit> group) {
        try {
            List<PendingCommit> left = group;
            while (!left.isEmpty()) {
                left = commitPart(left);
            }
        } catch (IOException | RuntimeException | Error e) {
            log.fail(e);
            for (int i = 0; i < group.size(); i++) { // Memory may be what is missing, so nothing is allocated here.
                group.get(i).breakOff(e);
            }
        }
    }

    /**
     * Commits the first members of a group.
     *
     * @return those that are left to be committed
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

    private void roll(int neededBytes) throws IOException {
        StoreState state = latest.index();
        log.roll(state.sequence(), neededBytes);
        publishSegments(state);
    }

    private void publishSegments(StoreState state) {
        latest.publish(() -> new StateBuilder(state, accounting).build(log.segments(), log.active()));
    }

    /**
     * Writes and publishes what was added. If the disk is full, nothing of it was written, and each member is tried anew
     * alone: there may be room for some.
     */
    private void finish(GroupPart part) throws IOException {
        try {
            log.flush();
        } catch (StorageFullException e) {
            StoreException full = admission.full(e);
            if (part.isSingle()) {
                part.fail(full);
            } else {
                part.members().forEach(pending -> commitAlone(pending));
            }
            return;
        }
        if (part.isDurable()) {
            log.sync();
        }
        noteTime(latest.indexed().expiries().asOfMillis()); // The frame is not older.
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

    private void commitAlone(PendingCommit pending) {
        commitGroup(List.of(pending));
    }

    /** Why nothing can be written any more, or {@code null}. */
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

    /** The body of a frame of some writes; values are compressed here, before the lock is taken. */
    private FrameBody encode(CommitRequest request) {
        FrameBody body = FrameBody.ofCommit();
        for (RecordWrite write : request.writes()) {
            byte[] value = write.value();
            if (write.isPurge()) {
                body.deleteExpired(write.treeId(), write.key());
            } else if (value == null && request.hasRecord(write)) {
                body.delete(write.treeId(), write.key());
            } else if (value == null) {
                body.deleteNothing(write.treeId(), write.key());
            } else {
                PackedValue packed = compression.pack(value);
                RecordFormat.Content content =
                        RecordFormat.Content.of(write.revision(), packed.codec(), write.expiry(), packed.bytes());
                if (!write.blind() && request.hasRecord(write)) {
                    body.replace(write.treeId(), write.key(), content, write.expiryOnly());
                } else {
                    body.put(write.treeId(), write.key(), content);
                }
            }
        }
        body.requireBounded();
        return body;
    }
}
