package org.storedb.internal.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.storage.StorageFullException;

/**
 * Commits to the log of this process. The committing threads do the work themselves: each tries to get the lock, and
 * queues its request unless there is no contention; the thread that gets the lock leads, that is, commits everything in
 * the queue as one group (one write, one sync), and wakes the others when it is done. While a group waits for the
 * medium, the next one gathers. {@link GroupCommit} decides the outcome of a group.
 *
 * <p>{@code lock} guards everything but the queue and the published state. No wake-up is lost: a request is in the
 * queue before its thread tries the lock, and a thread that releases the lock wakes the head of the queue afterwards.
 */
public final class LocalCommitPipeline implements CommitPipeline {

    private static final int GROUP_REQUESTS_MAX = 1024;

    private final SegmentedLog log;
    private final CommitEncoder encoder;
    private final Queue<PendingCommit> queue = new ConcurrentLinkedQueue<>();
    private final List<PendingCommit> gathered = new ArrayList<>(GROUP_REQUESTS_MAX);
    private final ReentrantLock lock = new ReentrantLock();
    private final RecordHints hints = new RecordHints();
    private final LatestState latest;
    private final RecentPutIndexer indexer;
    private final GroupCommit groups;

    public LocalCommitPipeline(
            SegmentedLog log,
            StoreState state,
            SpaceAccounting accounting,
            CommitLimits limits,
            ValueCompression compression) {
        this.log = log;
        this.latest = new LatestState(hinted(state), accounting, log::fail);
        this.indexer = new RecentPutIndexer(latest);
        this.encoder = new CommitEncoder(compression);
        this.groups = new GroupCommit(log, latest, accounting, new CommitAdmission(log, limits), indexer);
    }

    private StoreState hinted(StoreState unhinted) {
        Segment active = log.active();
        return unhinted.with(new StateHints(hints, 0, -1, 0).at(active.id(), active.bytes()));
    }

    @Override
    public StoreState state() {
        return latest.get();
    }

    /** Returns the same state for a reader that others may follow soon: for a while, commits are not deferred then. */
    public StoreState snapshot() {
        return latest.snapshot();
    }

    /** Returns the newest state whose trees are built: it lacks recent puts and nothing else. Costs nothing. */
    public StoreState indexedState() {
        return latest.indexed();
    }

    /** Looks at the state while it does not change, see {@link LatestState#whileUnchanged}. */
    <R> R whileUnchanged(Function<StoreState, R> look) {
        return latest.whileUnchanged(look);
    }

    /** Finds a recent put, see {@link LatestState#findRecent}. */
    @Nullable
    RecentPut findRecent(int treeId, byte[] key) {
        return latest.findRecent(treeId, key);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        PendingCommit own = new PendingCommit(request, encoder.encode(request));
        // Without contention no place in the queue is needed. Requests that arrive meanwhile join the group.
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
        } catch (Error e) { // The request may still be in the queue, where the next leader would commit it.
            log.fail(e);
            queue.remove(own);
            wakeNext(); // This thread may have been the next leader.
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

    /**
     * Lets a thread pass that needs the lock for something else, so that a stream of commits does not lock it out
     * forever.
     */
    private boolean tryLead() {
        return (!lock.hasQueuedThreads() || lock.isHeldByCurrentThread()) && lock.tryLock();
    }

    @Override
    public CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
        lock.lock();
        try {
            CommitRequest request = work.apply(latest.index());
            PendingCommit own = new PendingCommit(request, encoder.encode(request));
            groups.commit(List.of(own));
            return own.outcome();
        } finally {
            unlock();
        }
    }

    /** Returns whether the calling thread stops all commits at the moment, as {@link #commitExclusively} does. */
    public boolean isHeldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    /** Returns the time up to which the log also shows records as expired, in milliseconds since 1970-01-01 UTC. */
    public long notedMillis() {
        return groups.notedMillis();
    }

    /**
     * Points keys to copies of their records, which are in the log's current segments. Commits are blocked only
     * briefly.
     */
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
            groups.publishSegments(latest.index());
        } finally {
            unlock();
        }
    }

    /** Replaces the state by another form of it, with what can be derived from its records. */
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

    /** Returns the hints, to be changed only {@link #whileUnchanged}. */
    RecordHints hints() {
        return hints;
    }

    /** Sets a short task to run each time when commits have filled a segment. */
    public void afterRoll(Runnable task) {
        groups.afterRoll(task);
    }

    /** Sets the executor of threads that put puts into the trees when there are many. */
    public void indexWith(Executor executor) {
        indexer.runWith(executor);
    }

    /** Sets a task to run each time when commits have been published. It must be quick and must not fail. */
    public void afterCommit(Runnable task) {
        groups.afterCommit(task);
    }

    /** Sets whether commits note the location of the records that they replace, which makes them longer. */
    public void setNotesPrevious(boolean notes) {
        groups.setNotesPrevious(notes);
    }

    /** Looks at something while no commit is in progress. In the middle of one the log may be ahead of the state. */
    public <R> R whileNoCommit(Supplier<R> look) {
        lock.lock();
        try {
            latest.index(); // Then no thread can change the state while the lock is held.
            return look.get();
        } finally {
            unlock();
        }
    }

    /**
     * Seals the active segment, so that it can be compacted, and begins another one.
     *
     * @throws StorageFullException if there is no space for that; nothing has changed then
     */
    public void rollLog() throws IOException {
        lock.lock();
        try {
            log.requireWritable();
            groups.roll(0);
        } catch (StorageFullException e) {
            log.space().becameFull(e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            log.fail(e); // A footer that was collected or written must not precede another commit.
            throw e;
        } finally {
            unlock();
        }
    }

    /** Waits for the running group, and refuses all later ones. */
    public void close() throws IOException {
        lock.lock();
        try {
            groups.close();
            try {
                latest.index(); // Readers of the last state must not have to build it.
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
     * Commits what is queued as one group; for the holder of the lock.
     *
     * @param first precedes the queue, if it is not {@code null}
     */
    private void commitQueued(@Nullable PendingCommit first) {
        if (first != null) {
            gathered.add(first);
        }
        PendingCommit next = queue.poll();
        while (next != null) {
            gathered.add(next); // There is room for it: what has left the queue must not get lost for lack of memory.
            next = gathered.size() < GROUP_REQUESTS_MAX ? queue.poll() : null;
        }
        try {
            groups.commit(gathered);
        } finally {
            gathered.clear();
        }
    }
}
