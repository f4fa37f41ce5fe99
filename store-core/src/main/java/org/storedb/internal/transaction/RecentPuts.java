package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts that are committed and in the log, but not in the trees yet: what other stores call a memtable. Whoever looks up a
 * key looks here first, and then in the trees; whoever needs whole trees has all that is here put into them before.
 *
 * <p>The puts are a chain in the order of their commits, and a map has the newest of each key. One volatile write of
 * {@link #last} makes all puts of a group visible, here and for those who index them: a put behind it is not committed yet,
 * and who comes upon it in the map takes the one that it will replace. What is in the trees leaves the map only after the
 * state with these trees was published, so who looks here first and reads the state afterwards misses nothing.
 *
 * <p>Adding is for the thread that holds the pipeline's lock, indexing for one thread at a time, finding for all.
 */
final class RecentPuts {

    private final Map<RecentPut.Key, RecentPut> newest = new ConcurrentHashMap<>();
    private volatile RecentPut last;
    private volatile RecentPut indexed; // The last one that is in the trees, or whatever stands before the first.
    private final AtomicLong added = new AtomicLong(); // Only ever changed by one thread at a time, as is the other.
    private final AtomicLong taken = new AtomicLong();

    RecentPuts(StoreState state) {
        last = RecentPut.before(state);
        indexed = last;
    }

    /** How many there are; about, unless nothing is added or indexed meanwhile. */
    long size() {
        return added.get() - taken.get();
    }

    /** Whether all that were visible when it was asked are in the trees of the state that is read afterwards. */
    @SuppressWarnings("ReferenceEquality") // It is the very link of the chain that matters.
    boolean isEmpty() {
        RecentPut end = last;
        return indexed == end;
    }

    /** The last commit of those that were ever added. */
    long sequence() {
        return last.sequence();
    }

    /** The newest put of a key, or {@code null}: then whatever it has is in the trees of the state that is read afterwards. */
    @Nullable
    RecentPut find(int treeId, byte[] key) {
        if (isEmpty()) {
            return null;
        }
        RecentPut found = newest.get(new RecentPut.Key(treeId, key));
        while (found != null && !isVisible(found)) {
            RecentPut before = found.replaced();
            if (before == null) { // There was none, or it is visible by now, and what it replaced was let go.
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
     * The first that are to be indexed, in the order of their commits: what was written as one group is in it as a whole.
     *
     * @param most how many, but for those that are left of the last group
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

    /** Forgets what {@link #notIndexed} gave: a state with it in its trees was published. */
    void forget(List<RecentPut> puts) {
        RecentPut before = indexed;
        for (int i = 0; i < puts.size(); i++) {
            RecentPut put = puts.get(i);
            newest.remove(put.key(), put);
            put.setReplaced(null);
            before.setNext(null); // What has become old must not keep alive what is young.
            before = put;
        }
        add(taken, puts.size());
        indexed = before;
    }
}
