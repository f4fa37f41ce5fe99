package org.storedb.internal.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of the {@link RecentPuts}: successive puts in the order of their commits, and a hash table of their keys. Its
 * room is fixed, and no key ever leaves the hash table: the whole is dropped when all of its puts are in the trees.
 *
 * <p>Puts have numbers, which ascend over all parts. One thread at a time adds, another one clears, any number find: a
 * slot is written after all that it leads to. A put is never changed, so a reader that finds one too new for it follows
 * the indexes of the puts that it replaced.
 */
final class PutTable {

    /** Maximum puts in a table. */
    static final int ROOM_MAX = 1 << 19;

    /** What {@link #find} returns if there is no put of a key. */
    static final int ABSENT = -1;

    private static final int FREE = 0;
    private static final int TREE_FACTOR = 0x9E37_79B1;
    private static final int TAG_MASK = ~(2 * ROOM_MAX - 1);
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final long first;
    private final @Nullable RecentPut[] puts;
    private final int[] replaced; // The index of the put of the same key before each; ABSENT if there is none here.
    private final int[] slots; // Some bits of a hash, and the index of the newest put with that key, plus one.
    private int size;

    /**
     * Creates an empty table.
     *
     * @param first the number of the first put that will be added
     * @param room how many will be added at most: a power of two, {@link #ROOM_MAX} at most
     */
    PutTable(long first, int room) {
        this.first = first;
        this.puts = new RecentPut[room];
        this.replaced = new int[room];
        this.slots = new int[2 * room];
    }

    /** Returns the number of the first put. */
    long first() {
        return first;
    }

    /** Returns how many puts can be added altogether. */
    int room() {
        return puts.length;
    }

    /** Returns whether so many more puts can be added. */
    boolean hasRoomFor(int more) {
        return more <= puts.length - size;
    }

    /** Adds a put. */
    void add(RecentPut put) {
        int index = size;
        long hash = hash(put.treeId(), put.key());
        int at = slotOf(put.treeId(), put.key(), hash);
        puts[index] = put;
        replaced[index] = slots[at] == FREE ? ABSENT : indexIn(slots[at]);
        SLOTS.setRelease(slots, at, tag(hash) | (index + 1));
        size = index + 1;
    }

    /**
     * Finds the newest put of a key with a number below {@code end}.
     *
     * @param hash the {@link #hash} of the key
     * @param end the number of a put that has not been added before the caller read it, or a lower one
     * @return its index, or {@link #ABSENT}, also if it was cleared
     */
    int find(int treeId, byte[] key, long hash, long end) {
        // A free slot may be taken meanwhile, even for another key: by puts that are all behind the end.
        int slot = (int) SLOTS.getAcquire(slots, slotOf(treeId, key, hash));
        int index = slot == FREE ? ABSENT : indexIn(slot);
        while (index != ABSENT && first + index >= end) {
            index = replaced[index];
        }
        return index;
    }

    /** Returns the slot that leads to puts of a key, or the free one where it would be. */
    private int slotOf(int treeId, byte[] key, long hash) {
        int tag = tag(hash);
        int at = (int) hash & (slots.length - 1);
        while (true) {
            int slot = (int) SLOTS.getAcquire(slots, at);
            if (slot == FREE) {
                return at;
            }
            if ((slot & TAG_MASK) == tag) {
                RecentPut put = get(indexIn(slot));
                if (put != null && put.isOf(treeId, key)) { // A cleared one of the same key is of no interest.
                    return at;
                }
            }
            at = (at + 1) & (slots.length - 1);
        }
    }

    /** Returns the put at an index; {@code null} if it was cleared. */
    @Nullable
    RecentPut get(int index) {
        RecentPut put = puts[index];
        if (put == null) {
            VarHandle.acquireFence(); // What the reader looks at next is no older than the clearing.
        }
        return put;
    }

    /** Adds to {@code target} those with numbers from {@code from}, inclusive, to {@code end}, exclusive. */
    void copy(long from, long end, List<RecentPut> target) {
        for (int index = index(from); index < index(end); index++) {
            target.add(Objects.requireNonNull(puts[index], "Only what is in the trees is cleared"));
        }
    }

    /**
     * Clears those with numbers from {@code from}, inclusive, to {@code end}, exclusive. A reader that finds one cleared
     * also sees what the caller has written before.
     */
    void clear(long from, long end) {
        VarHandle.releaseFence();
        Arrays.fill(puts, index(from), index(end), null);
    }

    private int index(long number) {
        return (int) Math.min(Math.max(number - first, 0), size);
    }

    private static int indexIn(int slot) {
        return (slot & ~TAG_MASK) - 1;
    }

    private static int tag(long hash) {
        return (int) (hash >>> Integer.SIZE) & TAG_MASK;
    }

    /** Returns the hash of a key of a tree. */
    static long hash(int treeId, byte[] key) {
        return RecordHints.hash(key) + treeId * (long) TREE_FACTOR;
    }
}
