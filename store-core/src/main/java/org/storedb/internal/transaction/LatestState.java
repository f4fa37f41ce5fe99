package org.storedb.internal.transaction;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.SegmentTable;

/**
 * The state after the last commit. Its trees are built on demand: puts that need nothing of a tree to be committed
 * become {@link RecentPuts} first, and enter the trees many at a time, which costs far less than one by one. A reader
 * that needs a snapshot does this itself; so does a background thread when there are many.
 *
 * <p>While snapshots are requested often, nothing is deferred: each commit publishes its state at once, and taking a
 * snapshot is reading a reference.
 *
 * <p>Relocations do not need the pipeline's lock either, since they lead to a state of the same content. They are
 * announced while holding the lock, and any thread that makes another state applies the announced ones first: so no
 * state that is being made by a holder of the lock is overtaken by one with relocations, which it would then take back.
 *
 * <p>{@link #add}, {@link #announce} and {@link #publish} are for the thread that holds the pipeline's lock, everything
 * else for all threads. A separate lock is held while a state is made, and the hints are told of changes under it; the
 * pipeline's lock is never awaited while holding it. It is fair: otherwise a thread that applies one load after another
 * would lock out all others, and committing threads would wait until nothing is left to apply concurrently.
 */
final class LatestState {

    /** From this many puts on, the background thread begins. */
    static final int WORTHWHILE = 8192;

    /** From this many puts on, a committing thread waits, or applies them itself. */
    static final int PUTS_MAX = 1 << 16;

    /** About this many enter the trees at a time, so that commits can proceed meanwhile. */
    private static final int LOAD = PUTS_MAX / 2;

    /** This many commits are not deferred after a reader had to wait for deferred ones. */
    private static final int EAGER_COMMITS = 64;

    private final ReentrantLock changing = new ReentrantLock(true);
    private final SpaceAccounting accounting;
    private final Consumer<Throwable> failure;
    private final RecentPuts recent = new RecentPuts(LOAD);
    private volatile StoreState indexed;
    private volatile @Nullable Relocations announced;
    private volatile int eagerCommits;

    /**
     * Creates a latest state that begins with {@code state}.
     *
     * @param failure receives the failure when committed puts could not be put into the trees
     */
    LatestState(StoreState state, SpaceAccounting accounting, Consumer<Throwable> failure) {
        this.indexed = state;
        this.accounting = accounting;
        this.failure = failure;
    }

    /** Returns the state after the last commit. */
    StoreState get() {
        return recent.isEmpty() ? indexed : index();
    }

    /** Returns the state after the last commit, for a reader that others may follow soon. */
    StoreState snapshot() {
        if (recent.isEmpty()) {
            return indexed;
        }
        eagerCommits = EAGER_COMMITS;
        return index();
    }

    /** Returns the newest state whose trees are built: it lacks {@link #findRecent recent puts} and nothing else. */
    StoreState indexed() {
        return indexed;
    }

    /**
     * Returns a put that {@link #indexed} may lack; {@code null} if there is none for the key. To be called first: what
     * it does not find is in the state that is read afterwards.
     */
    @Nullable
    RecentPut findRecent(int treeId, byte[] key) {
        return recent.find(treeId, key);
    }

    /** Returns the sequence of the last commit. */
    long sequence() {
        return Math.max(recent.sequence(), indexed.sequence()); // In this order.
    }

    /** Returns how many puts are not in the trees. */
    long recentPuts() {
        return recent.size();
    }

    /** Returns whether the next commit is to be deferred if possible. */
    boolean mayDefer() {
        int left = eagerCommits;
        if (left > 0) {
            eagerCommits = left - 1; // Inexact when it is set again concurrently, which does no harm.
        }
        return left == 0;
    }

    /** Makes puts visible that are in the log. */
    void add(List<RecentPut> puts) {
        recent.add(puts);
    }

    /** Accepts relocations that are to become part of the next state; the previous ones are part of one. */
    void announce(Relocations relocations) {
        announced = relocations;
    }

    /** Replaces the state, which was {@link #index indexed} before. */
    void publish(Supplier<StoreState> next) {
        changing.lock();
        try {
            indexed = next.get();
        } finally {
            changing.unlock();
        }
    }

    /** Looks at {@link #indexed} and the hints while neither changes. Must be quick. */
    <R> R whileUnchanged(Function<StoreState, R> look) {
        changing.lock();
        try {
            return look.apply(indexed);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Waits until there are fewer than {@link #PUTS_MAX} recent puts. A thread that is applying some at this moment may
     * reduce them enough, and can then continue beside the committing threads; if not, they are put into the trees
     * here.
     */
    void limitRecentPuts() {
        changing.lock();
        try {
            if (recent.size() >= PUTS_MAX) {
                index(LOAD);
            }
        } finally {
            changing.unlock();
        }
    }

    /** Puts the first of the recent puts into the trees. */
    void indexSome() {
        index(LOAD);
    }

    /** Puts all recent puts into the trees, and points keys to their copies as announced. */
    StoreState index() {
        return index(Integer.MAX_VALUE);
    }

    private StoreState index(int most) {
        changing.lock();
        try {
            List<RecentPut> puts = recent.notIndexed(most);
            if (!puts.isEmpty() || announced != null) {
                change(puts);
                recent.forget(puts);
            }
            return indexed;
        } finally {
            changing.unlock();
        }
    }

    /** Points keys to their copies as announced, if no other thread has done it. */
    void relocate() {
        changing.lock();
        try {
            if (announced != null) {
                change(List.of());
            }
        } finally {
            changing.unlock();
        }
    }

    private void change(List<RecentPut> puts) {
        try {
            StateBuilder next = new StateBuilder(indexed, accounting);
            SegmentTable segments = indexed.segments();
            Relocations relocations = announced;
            if (relocations != null) {
                relocations.all().forEach(next::relocate);
                segments = relocations.segments();
            }
            RecentPut last = null;
            if (!puts.isEmpty()) {
                next.index(puts);
                last = puts.get(puts.size() - 1);
            }
            indexed = next.build(segments, last);
            if (relocations != null) { // Others may have been announced meanwhile.
                announced = null;
            }
        } catch (RuntimeException | Error e) {
            failure.accept(e);
            throw e;
        }
    }
}
