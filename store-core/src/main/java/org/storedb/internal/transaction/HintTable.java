package org.storedb.internal.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The locations of the records of one tree, by a hash of their keys. A hash table with a fixed number of slots, each of
 * which holds a location and some bits of the hash; the key is in the log. A location can only be in a few neighbouring
 * slots. If all of them are taken it is left out, and the first of them says so from then on: what is in none of its
 * slots, and not left out, is not in the table.
 *
 * <p>For one writing thread at a time, and any number of readers.
 */
final class HintTable {

    /** A location can be in this many slots, beginning with that of its hash. */
    static final int WINDOW = 12;

    /** Stands for no location. */
    static final long NOWHERE = 0;

    /** Bits of the number that is a location. */
    static final int LOCATION_BITS = 51;

    static final int BYTES_PER_SLOT = Long.BYTES;

    /** 256 KiB in one array: small enough for a garbage collector to put anywhere. */
    private static final int CHUNK_SLOTS = (1 << 15) - 8;

    private static final long LOCATION_MASK = (1L << LOCATION_BITS) - 1;
    private static final long LEFT_OUT = 1L << LOCATION_BITS;
    private static final int TAG_SHIFT = LOCATION_BITS + 1;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[][] chunks;
    private final int chunkSlots;

    /** Creates an empty table of about {@code slots} slots. */
    HintTable(long slots) {
        int count = (int) Math.max(1, (slots + CHUNK_SLOTS - 1) / CHUNK_SLOTS);
        chunkSlots = (int) Math.max(WINDOW, (slots + count - 1) / count);
        chunks = new long[count][chunkSlots];
    }

    long slots() {
        return (long) chunks.length * chunkSlots;
    }

    /**
     * Returns the content of one of the slots where a location of this hash can be: the location, or {@link #NOWHERE} if
     * there is none or one of another hash.
     *
     * @param number from 0 to {@link #WINDOW} - 1
     */
    long location(long hash, int number) {
        long range = range(hash);
        long slot = (long) SLOTS.getAcquire(chunk(range), index(range, number));
        return slot >>> TAG_SHIFT == tag(hash) >>> TAG_SHIFT ? slot & LOCATION_MASK : NOWHERE;
    }

    /** Returns the first location of this hash: most likely the right one, if there is any. */
    long firstLocation(long hash) {
        long location = NOWHERE;
        for (int number = 0; number < WINDOW && location == NOWHERE; number++) {
            location = location(hash, number);
        }
        return location;
    }

    /** Reads all memory that a location of this hash can be in; the return value means nothing. */
    long touch(long hash) {
        long range = range(hash);
        long[] chunk = chunk(range);
        return chunk[index(range, 0)] + chunk[index(range, WINDOW - 1)];
    }

    /** Returns whether this exact location is in the table. */
    Answer contains(long hash, long location) {
        for (int number = 0; number < WINDOW; number++) {
            if (location(hash, number) == location) {
                return Answer.YES;
            }
        }
        return mayBeLeftOut(hash) ? Answer.UNKNOWN : Answer.NO;
    }

    /**
     * Returns whether a location of such a hash may have been left out; to be called after its slots have been searched.
     */
    boolean mayBeLeftOut(long hash) {
        long range = range(hash);
        return ((long) SLOTS.getAcquire(chunk(range), index(range, 0)) & LEFT_OUT) != 0;
    }

    /**
     * Replaces one location by another.
     *
     * @param previous the location to forget; nothing is forgotten if it is {@link #NOWHERE}, or was left out
     * @param current the new location; {@link #NOWHERE} if it cannot be expressed
     */
    void replace(long hash, long previous, long current) {
        long range = range(hash);
        int found = previous == NOWHERE ? -1 : indexOf(tag(hash) | previous, range);
        if (found < 0) {
            found = current == NOWHERE ? -1 : indexOf(0, range);
        }
        if (current == NOWHERE || found < 0) {
            set(range, index(range, 0), chunk(range)[index(range, 0)] | LEFT_OUT);
        }
        if (found >= 0) {
            set(range, found, current == NOWHERE ? 0 : tag(hash) | current);
        }
    }

    /** Forgets a location, unless it was left out. */
    void remove(long hash, long previous) {
        long range = range(hash);
        int found = previous == NOWHERE ? -1 : indexOf(tag(hash) | previous, range);
        if (found >= 0) {
            set(range, found, 0);
        }
    }

    /** Sets the content of a slot, but keeps the note that a location was left out. */
    private void set(long range, int index, long content) {
        long[] chunk = chunk(range);
        SLOTS.setRelease(chunk, index, (chunk[index] & LEFT_OUT) | content);
    }

    /** Returns the slot with this tag and location, or -1. */
    private int indexOf(long wanted, long range) {
        long[] chunk = chunk(range);
        for (int number = 0; number < WINDOW; number++) {
            int index = index(range, number);
            if ((chunk[index] & ~LEFT_OUT) == wanted) {
                return index;
            }
        }
        return -1;
    }

    /**
     * Returns where the slots of a hash begin: the upper half is the number of the chunk, the lower half the position
     * in it.
     */
    private long range(long hash) {
        return (hash >>> Integer.SIZE) * chunks.length;
    }

    private long[] chunk(long range) {
        return chunks[(int) (range >>> Integer.SIZE)];
    }

    private int index(long range, int number) {
        int index = (int) (((range & 0xFFFF_FFFFL) * chunkSlots) >>> Integer.SIZE) + number;
        return index < chunkSlots ? index : index - chunkSlots;
    }

    /** Returns the lowest bits of the hash, above those of the location. */
    private static long tag(long hash) {
        return hash << TAG_SHIFT;
    }

    /** An answer of the table. */
    enum Answer {
        YES,
        NO,
        /** There was no room for some location of such a hash. */
        UNKNOWN
    }
}
