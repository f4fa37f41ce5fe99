package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts that are committed and in the log, but not in the trees yet: what other stores call a memtable. A lookup of a
 * key searches here first, and then in the trees; a reader that needs whole trees first has everything here put into
 * them.
 *
 * <p>The puts are numbered in the order of their commits, and two numbers say which of them count: those before
 * {@link #indexed} are in the trees, and those from {@link #visible} on are not committed yet. One volatile write of the
 * latter makes all puts of a group visible, here and to the indexing thread. The former is written only after the state
 * with these trees was published, so a reader that searches here first and reads the state afterwards misses nothing.
 *
 * <p>They are in {@link PutTable}s, each of which is dropped as a whole: taking single ones out of a map costs as much
 * as adding them.
 *
 * <p>Adding is for the thread that holds the pipeline's lock, indexing for one thread at a time, finding for all.
 */
final class RecentPuts {

    private static final int FIRST_ROOM = 1 << 7;

    private volatile PutTable[] tables = {new PutTable(0, FIRST_ROOM)}; // The newest one is the last.
    private volatile long visible;
    private volatile long indexed;

    private final int roomMax;

    /**
     * Creates an empty set of puts.
     *
     * @param roomMax puts in a table at most, unless more are added at once; a power of two
     */
    RecentPuts(int roomMax) {
        this.roomMax = roomMax;
    }

    /** Returns how many puts there are; approximate unless nothing is added or indexed meanwhile. */
    long size() {
        return visible - indexed;
    }

    /** Returns whether all puts that were visible at the call are in the trees of the state that is read afterwards. */
    boolean isEmpty() {
        long end = visible;
        return indexed >= end;
    }

    /** Returns the sequence of the last commit; 0 if all of its puts are in the trees of the state that is read afterwards. */
    long sequence() {
        long last = visible - 1;
        PutTable[] all = tables;
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].first() <= last) {
                RecentPut put = all[i].get((int) (last - all[i].first()));
                return put == null ? 0 : put.sequence();
            }
        }
        return 0;
    }

    /**
     * Returns the newest put of a key, or {@code null}: then its record, if any, is in the trees of the state that is
     * read afterwards.
     */
    @Nullable
    RecentPut find(int treeId, byte[] key) {
        long end = visible;
        if (indexed >= end) {
            return null;
        }
        long hash = PutTable.hash(treeId, key);
        PutTable[] all = tables; // Includes those of all visible puts that are not indexed.
        for (int i = all.length - 1; i >= 0; i--) {
            int index = all[i].find(treeId, key, hash, end);
            if (index != PutTable.ABSENT) {
                RecentPut put = all[i].get(index);
                return all[i].first() + index < indexed ? null : put;
            }
        }
        return null;
    }

    /** Makes puts visible, all at once. */
    void add(List<RecentPut> puts) {
        long end = visible + puts.size();
        PutTable[] all = tables;
        PutTable newest = all[all.length - 1];
        if (!newest.hasRoomFor(puts.size())) {
            newest = append(newest.room(), puts.size());
        }
        for (int i = 0; i < puts.size(); i++) {
            newest.add(puts.get(i));
        }
        visible = end;
    }

    private synchronized PutTable append(int roomBefore, int needed) {
        int room = Math.max(Math.min(2 * roomBefore, roomMax), Integer.highestOneBit(needed * 2 - 1));
        PutTable table = new PutTable(visible, room);
        PutTable[] more = Arrays.copyOf(tables, tables.length + 1);
        more[more.length - 1] = table;
        tables = more;
        return table;
    }

    /**
     * Returns the first puts to be indexed, in the order of their commits; never splits what was written as one group.
     *
     * @param most how many, not counting the rest of the last group
     */
    List<RecentPut> notIndexed(int most) {
        long from = indexed;
        long end = visible;
        List<RecentPut> puts = new ArrayList<>((int) (end - from));
        for (PutTable table : tables) {
            table.copy(from, end, puts);
        }
        int count = Math.min(most, puts.size());
        while (count > 0 && count < puts.size() && puts.get(count).isOfSameGroup(puts.get(count - 1))) {
            count++;
        }
        return puts.subList(0, count);
    }

    /** Forgets what {@link #notIndexed} returned: a state with it in its trees was published. */
    void forget(List<RecentPut> puts) {
        long from = indexed;
        long end = from + puts.size();
        indexed = end;
        for (PutTable table : tables) {
            table.clear(from, end); // A store that nobody writes to keeps no records and no segments here.
        }
        dropIndexed(end);
    }

    private synchronized void dropIndexed(long end) {
        PutTable[] all = tables;
        int dropped = 0;
        while (dropped < all.length - 1 && all[dropped + 1].first() <= end) {
            dropped++;
        }
        if (dropped > 0) {
            tables = Arrays.copyOfRange(all, dropped, all.length);
        }
    }
}
