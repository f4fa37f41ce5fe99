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
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.storage.StorageFullException;

/**
 * Commits to the log of this process. The committing threads do the work themselves: each tries to get the lock,
 * with its request in the queue unless it meets nobody; whoever gets the lock leads, that is, commits all that is
 * queued as one group (one write, one sync), and wakes the others when it is done. While a group waits for the
 * medium, the next one gathers. What becomes of a group is the matter of {@link GroupCommit}.
 *
 * <p>{@code lock} guards everything but the queue and the published state. No wake-up is lost: a request is in the
 * queue before its thread looks for the lock, and whoever lets go of the lock afterwards wakes the head of the
 * queue.
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
        PendingCommit own = new PendingCommit(request, encoder.encode(request));
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
            PendingCommit own = new PendingCommit(request, encoder.encode(request));
            groups.commit(List.of(own));
            return own.outcome();
        } finally {
            unlock();
        }
    }

    /** What had expired by this time has expired according to the log, too, in milliseconds since 1970-01-01 UTC. */
    public long notedMillis() {
        return groups.notedMillis();
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
            groups.publishSegments(latest.index());
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
        groups.afterRoll(task);
    }

    /** Has puts put into the trees by other threads when there are many. */
    public void indexWith(Consumer<Runnable> executor) {
        indexer.runWith(executor);
    }

    /** Has something done each time when commits have been published. It must be quick, and must not fail. */
    public void afterCommit(Runnable task) {
        groups.afterCommit(task);
    }

    /** Whether commits are to note where the records are that they take the place of; it makes them longer. */
    public void setNotesPrevious(boolean notes) {
        groups.setNotesPrevious(notes);
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
            groups.roll(0);
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
            groups.close();
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
            groups.commit(gathered);
        } finally {
            gathered.clear();
        }
    }
}
