package org.storedb.internal.transaction;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.SegmentTable;

/**
 * The state after the last commit. Its trees are made when somebody asks for them: puts that need nothing of a tree to be
 * committed become {@link RecentPuts} first, and go into the trees many at a time, which costs far less than one by one.
 * Whoever needs a snapshot does that himself; so does a thread in the background when there are many.
 *
 * <p>While snapshots are asked for often, nothing is deferred: each commit publishes its state at once, and to take one is to
 * read a reference.
 *
 * <p>Relocations do not need the pipeline's lock either, since they lead to a state of the same content. They are announced
 * with the lock, and whoever makes another state puts those that are announced into it first: so no state that is being made
 * by a holder of the lock is overtaken by one with relocations, which it would take back.
 *
 * <p>{@link #add}, {@link #announce} and {@link #publish} are for the thread that holds the pipeline's lock, all else for all
 * threads. A lock of its own is held while a state is made, and with it while the hints are told of changes; the pipeline's
 * lock is never waited for with it. It is a fair one: otherwise whoever puts one load after the other into the trees would
 * keep everybody else out, and those who commit would wait until nothing is left to do beside them.
 */
final class LatestState {

    /** With so many the background begins. */
    static final int WORTHWHILE = 8192;

    /** With so many whoever commits waits, or does it himself. */
    static final int PUTS_MAX = 1 << 16;

    /** About so many go into the trees at a time, so that commits can go on meanwhile. */
    private static final int LOAD = PUTS_MAX / 2;

    /** So many commits are not deferred once somebody has waited for what was. */
    private static final int EAGER_COMMITS = 64;

    private final ReentrantLock changing = new ReentrantLock(true);
    private final SpaceAccounting accounting;
    private final Consumer<Throwable> failure;
    private final RecentPuts recent;
    private volatile StoreState indexed;
    private volatile @Nullable Relocations announced;
    private volatile int eagerCommits;

    /**
     * The latest state, beginning with {@code state}.
     *
     * @param failure is told what went wrong when puts that are committed could not be put into the trees
     */
    LatestState(StoreState state, SpaceAccounting accounting, Consumer<Throwable> failure) {
        this.indexed = state;
        this.recent = new RecentPuts(state);
        this.accounting = accounting;
        this.failure = failure;
    }

    /** The state after the last commit. */
    StoreState get() {
        return recent.isEmpty() ? indexed : index();
    }

    /** The state after the last commit, for a reader whom others may follow soon. */
    StoreState snapshot() {
        if (recent.isEmpty()) {
            return indexed;
        }
        eagerCommits = EAGER_COMMITS;
        return index();
    }

    /** The newest state whose trees are there: it lacks {@link #findRecent recent puts} and nothing else. */
    StoreState indexed() {
        return indexed;
    }

    /**
     * A put that {@link #indexed} may lack; {@code null} if there is none for the key. To be asked first: what is not found
     * is in the state that is read afterwards.
     */
    @Nullable
    RecentPut findRecent(int treeId, byte[] key) {
        return recent.find(treeId, key);
    }

    /** The last commit. */
    long sequence() {
        return Math.max(indexed.sequence(), recent.sequence());
    }

    /** How many puts are not in the trees. */
    long recentPuts() {
        return recent.size();
    }

    /** Whether the next commit is to be deferred if it can be. */
    boolean mayDefer() {
        int left = eagerCommits;
        if (left > 0) {
            eagerCommits = left - 1; // Not exact when it is set anew at this moment, and need not be.
        }
        return left == 0;
    }

    /** Makes puts visible that are in the log. */
    void add(List<RecentPut> puts) {
        recent.add(puts);
    }

    /** Takes relocations that are to become part of the next state; the ones before are part of one. */
    void announce(Relocations relocations) {
        announced = relocations;
    }

    /** Puts another state in place of {@link #index what is there}. */
    void publish(Supplier<StoreState> next) {
        changing.lock();
        try {
            indexed = next.get();
        } finally {
            changing.unlock();
        }
    }

    /** Looks at {@link #indexed} and at the hints while neither changes. It must be quick. */
    <R> R whileUnchanged(Function<StoreState, R> look) {
        changing.lock();
        try {
            return look.apply(indexed);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Waits until there are fewer than {@link #PUTS_MAX} recent puts. Whoever puts some into the trees at this moment may
     * be enough for that, and can go on with the others beside those who commit; if not, they are put into the trees here.
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

    /** Points keys to their copies as announced, if nobody else has done it. */
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
