package org.storedb.internal.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.log.KeyedRecord;

/**
 * Hints where the current records are, by a hash of their keys: following one takes two waits for memory, while the way
 * through a tree takes many more. The trees remain the truth; a missing hint costs time and nothing else.
 *
 * <p>An invariant holds for a tree's {@link HintTable}: each location in it is where, in the state that is about to be
 * published or in one after it, some key of the tree has its record. To that end, any change of a state's trees of
 * records is announced here first ({@link #changed}), and only then is the state made. {@link StateHints} describes how
 * a reader makes sure that a location is right for its state.
 *
 * <p>Changes, and everything related to a {@link HintBuild}, are for the thread that is making a state or prevents
 * others from making one ({@link LatestState#whileUnchanged}).
 */
final class RecordHints {

    /** This many are done quickly while commits wait. */
    private static final int LAST_CHANGES_MAX = 1000;

    private static final int OFFSET_BITS = 31;
    private static final int SEGMENTS_MAX = 1 << (HintTable.LOCATION_BITS - OFFSET_BITS);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final @Nullable HintTable[] NO_TABLES = {};

    private volatile @Nullable HintTable[] byTree = NO_TABLES;
    private volatile boolean[] asked = {};
    private @Nullable HintBuild build;
    private volatile long removals;

    /** Returns how many keys have been removed, from any tree: what a table lacks now may have been in it before. */
    long removals() {
        return removals;
    }

    /** Returns the hints for a tree, or {@code null} if there are none. */
    @Nullable
    HintTable table(int treeId) {
        HintTable[] tables = byTree;
        return treeId < tables.length ? tables[treeId] : null;
    }

    /** Returns the same for a reader: notes, whether there are hints or not, that they are wanted. For all threads. */
    @Nullable
    HintTable tableToAsk(int treeId) {
        if (!isAsked(treeId)) {
            setAsked(treeId, true);
        }
        return table(treeId);
    }

    /** Returns whether there have been readers since the last table for the tree was begun. */
    boolean isAsked(int treeId) {
        boolean[] trees = asked;
        return treeId < trees.length && trees[treeId];
    }

    private synchronized void setAsked(int treeId, boolean isAsked) {
        boolean[] trees = Arrays.copyOf(asked, Math.max(asked.length, treeId + 1));
        trees[treeId] = isAsked;
        asked = trees;
    }

    /** Returns a bound: no tree with this id or a higher one has hints. */
    int length() {
        return byTree.length;
    }

    /** Returns the slots of all tables. */
    long slots() {
        long slots = 0;
        for (HintTable table : byTree) {
            slots += table == null ? 0 : table.slots();
        }
        return slots;
    }

    /** Notes what is about to change. */
    void changed(List<SpaceAccounting.Replacement> changes) {
        HintTable[] tables = byTree;
        touch(tables, changes);
        for (int i = 0; i < changes.size(); i++) {
            SpaceAccounting.Replacement change = changes.get(i);
            if (change.inTree() && change.current() == null) {
                countRemoval(); // Before it is removed, with or without a table: StateHints explains why.
            }
            HintTable table = change.treeId() < tables.length ? tables[change.treeId()] : null;
            if (table != null) {
                replace(table, change);
            }
            if (build != null && build.treeId() == change.treeId()) {
                build.note(change);
            }
        }
    }

    /** Touches the changes, which are scattered in the tables. */
    private static void touch(@Nullable HintTable[] tables, List<SpaceAccounting.Replacement> changes) {
        long sum = 0;
        for (int i = 0; i < changes.size(); i++) {
            SpaceAccounting.Replacement change = changes.get(i);
            HintTable table = change.treeId() < tables.length ? tables[change.treeId()] : null;
            sum += table == null ? 0 : table.touch(hash(change.key()));
        }
        Touched.keep(sum);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // With the lock.
    private void countRemoval() {
        removals++;
    }

    /** Begins to build a table for a tree, whose changes are noted from now on. */
    HintBuild begin(int treeId, HintTable table) {
        setAsked(treeId, false);
        HintBuild begun = new HintBuild(treeId, table);
        build = begun;
        return begun;
    }

    /**
     * Returns what is to be done next to complete a table; if that is little, does it, and puts the table in place.
     *
     * @param state the published one
     * @return {@code null} if nothing more is to be done
     */
    HintBuild.@Nullable Turn nextTurn(HintBuild continued, StoreState state) {
        if (continued != build) {
            return null; // It was abandoned.
        }
        HintBuild.Turn turn = continued.nextTurn(state);
        if (continued.isSwept() && turn.changes().size() <= LAST_CHANGES_MAX) {
            continued.run(turn);
            install(continued.treeId(), continued.table());
            return null;
        }
        return turn;
    }

    /** Abandons the table that is being built. */
    void abandon() {
        build = null;
    }

    /** Drops the table of a tree. */
    void drop(int treeId) {
        install(treeId, null);
    }

    private void install(int treeId, @Nullable HintTable table) {
        HintTable[] tables = Arrays.copyOf(byTree, Math.max(byTree.length, treeId + 1));
        tables[treeId] = table;
        byTree = tables;
    }

    /** Forgets the trees of records that differ between two states. */
    void forgetChanged(StoreState before, StoreState after) {
        countRemoval(); // Stands for any number of removals.
        for (int treeId = 0; treeId < byTree.length; treeId++) {
            if (isChanged(treeId, before, after)) {
                drop(treeId);
            }
        }
        if (build != null && isChanged(build.treeId(), before, after)) {
            abandon();
        }
    }

    private static boolean isChanged(int treeId, StoreState before, StoreState after) {
        return before.records().get(treeId) != after.records().get(treeId);
    }

    /** Forgets everything, without allocating: the records are not, or may not be, what {@link #changed} was told. */
    void clear() {
        byTree = NO_TABLES;
        build = null;
    }

    static void replace(HintTable table, SpaceAccounting.Replacement change) {
        if (change.inTree()) {
            byte[] key = change.key();
            long previous = location(key, change.previous());
            if (change.current() == null) {
                table.remove(hash(key), previous);
            } else {
                table.replace(hash(key), previous, location(key, change.current()));
            }
        }
    }

    /** Returns the location of a key's record as {@link HintTable#LOCATION_BITS} bits; no location if they are not enough. */
    static long location(byte[] key, @Nullable RecordPointer pointer) {
        if (pointer == null || pointer.segment() >= SEGMENTS_MAX) {
            return HintTable.NOWHERE;
        }
        int start = KeyedRecord.start(key.length, pointer.offset(), pointer.length());
        return (long) pointer.segment() << OFFSET_BITS | start;
    }

    static int segment(long location) {
        return (int) (location >>> OFFSET_BITS);
    }

    static int start(long location) {
        return (int) location & Integer.MAX_VALUE;
    }

    /** Returns a hash each bit of which depends on each byte of the key. */
    static long hash(byte[] key) {
        long hash = key.length;
        int at = 0;
        for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, at));
        }
        long rest = 0;
        for (; at < key.length; at++) {
            rest = rest << Byte.SIZE | (key[at] & 0xFF);
        }
        return mix(hash ^ rest);
    }

    /** Applies the finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
