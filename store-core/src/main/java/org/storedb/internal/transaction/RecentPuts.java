package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts that are committed and in the log, but not in the trees yet: what other stores call a memtable. A lookup of a
 * key searches here first, and then in the trees; a reader that needs whole trees first has everything here put into
 * them.
 *
 * <p>The puts form a chain in the order of their commits, and a map has the newest of each key. One volatile write of
 * {@link #last} makes all puts of a group visible, here and to the indexing thread: a put after it is not committed
 * yet, and a reader that finds it in the map takes the one that it will replace. What is in the trees leaves the map
 * only after the state with these trees was published, so a reader that searches here first and reads the state
 * afterwards misses nothing.
 *
 * <p>Adding is for the thread that holds the pipeline's lock, indexing for one thread at a time, finding for all.
 */
final class RecentPuts {

    private final Map<RecentPut.Key, RecentPut> newest = new ConcurrentHashMap<>();
    private volatile RecentPut last;
    private volatile RecentPut indexed; // The last one that is in the trees, or the link before the first put.
    private final AtomicLong added = new AtomicLong(); // Changed by one thread at a time only, like the other one.
    private final AtomicLong taken = new AtomicLong();

    RecentPuts(StoreState state) {
        last = RecentPut.after(state.sequence());
        indexed = last;
    }

    /** Returns how many puts there are; approximate unless nothing is added or indexed meanwhile. */
    long size() {
        return added.get() - taken.get();
    }

    /** Returns whether all puts that were visible at the call are in the trees of the state that is read afterwards. */
    @SuppressWarnings("ReferenceEquality") // The identity of the link in the chain matters.
    boolean isEmpty() {
        RecentPut end = last;
        return indexed == end;
    }

    /** Returns the sequence of the last commit that was ever added. */
    long sequence() {
        return last.sequence();
    }

    /**
     * Returns the newest put of a key, or {@code null}: then its record, if any, is in the trees of the state that is
     * read afterwards.
     */
    @Nullable
    RecentPut find(int treeId, byte[] key) {
        if (isEmpty()) {
            return null;
        }
        RecentPut found = newest.get(new RecentPut.Key(treeId, key));
        while (found != null && !isVisible(found)) {
            RecentPut before = found.replaced();
            if (before == null) { // There was none, or this one is visible by now, and what it replaced was dropped.
                return isVisible(found) ? found : null;
            }
            found = before;
        }
        return found;
    }

    private boolean isVisible(RecentPut put) {
        return put.sequence() <= last.sequence();
    }

    /** Makes puts visible, all at once. */
    void add(List<RecentPut> puts) {
        RecentPut end = last;
        for (int i = 0; i < puts.size(); i++) {
            RecentPut put = puts.get(i);
            RecentPut before = newest.get(put.key());
            put.setReplaced(before);
            newest.put(put.key(), put);
            if (before != null && isVisible(before)) {
                before.setReplaced(null);
            }
            end.setNext(put);
            end = put;
        }
        add(added, puts.size());
        last = end;
    }

    private static void add(AtomicLong counter, int more) {
        counter.setRelease(counter.getPlain() + more);
    }

    /**
     * Returns the first puts to be indexed, in the order of their commits; never splits what was written as one group.
     *
     * @param most how many, not counting the rest of the last group
     */
    List<RecentPut> notIndexed(int most) {
        RecentPut end = last;
        List<RecentPut> puts = new ArrayList<>();
        for (RecentPut put = indexed; put != end; ) {
            RecentPut next = Objects.requireNonNull(put.next(), "The chain ends at its last link");
            if (puts.size() >= most && !next.isOfSameGroup(put)) {
                break;
            }
            puts.add(next);
            put = next;
        }
        return puts;
    }

    /** Forgets what {@link #notIndexed} returned: a state with it in its trees was published. */
    void forget(List<RecentPut> puts) {
        RecentPut before = indexed;
        for (int i = 0; i < puts.size(); i++) {
            RecentPut put = puts.get(i);
            newest.remove(put.key(), put);
            put.setReplaced(null);
            before.setNext(null); // Old puts must not keep young ones alive.
            before = put;
        }
        add(taken, puts.size());
        indexed = before;
    }

    /**
     * Releases the segments of the last put: as long as they are held, the space of files that a compaction deletes is
     * not freed. To be called when all puts are in the trees, while none is added or indexed.
     */
    void releaseSegments() {
        RecentPut bare = RecentPut.after(last.sequence());
        last = bare; // A reader that sees only this write looks for puts, and finds none.
        indexed = bare;
    }
}
