package org.storedb.internal.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where the records of one tree are, by a hash of their keys. A hash table of a fixed number of slots, each of which holds
 * a place and some bits of the hash; the key is in the log. A place can be in a few neighbouring slots only; where all of
 * them are taken, another place is forgotten. So nothing in it is certain to be found.
 *
 * <p>For one writing thread at a time, and any number of readers.
 */
final class HintTable {

    /** In so many slots from that of its hash on a place can be. */
    static final int WINDOW = 12;

    /** No place. */
    static final long NOWHERE = 0;

    /** A place is a number of so many bits. */
    static final int PLACE_BITS = 52;

    static final int BYTES_PER_SLOT = Long.BYTES;

    /** 256 KiB in one array: small enough for a garbage collector to put anywhere. */
    private static final int CHUNK_SLOTS = (1 << 15) - 8;

    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[][] chunks;
    private final int chunkSlots;

    /** An empty table of about {@code slots} slots. */
    HintTable(long slots) {
        int count = (int) Math.max(1, (slots + CHUNK_SLOTS - 1) / CHUNK_SLOTS);
        chunkSlots = (int) Math.max(WINDOW, (slots + count - 1) / count);
        chunks = new long[count][chunkSlots];
    }

    long slots() {
        return (long) chunks.length * chunkSlots;
    }

    /**
     * What is in one of the slots where a place of this hash can be: the place, or {@link #NOWHERE} if there is none or
     * one of another hash.
     *
     * @param number from 0 to {@link #WINDOW} - 1
     */
    long place(long hash, int number) {
        long range = range(hash);
        long slot = (long) SLOTS.getOpaque(chunk(range), index(range, number));
        return slot >>> PLACE_BITS == tag(hash) >>> PLACE_BITS ? slot & PLACE_MASK : NOWHERE;
    }

    /**
     * Puts a place in the place of another.
     *
     * @param previous what is to be forgotten; nothing if it is {@link #NOWHERE}
     * @param current what is to be known from now on; nothing if it is {@link #NOWHERE}
     */
    void replace(long hash, long previous, long current) {
        long range = range(hash);
        long[] chunk = chunk(range);
        long wanted = previous == NOWHERE ? 0 : tag(hash) | previous;
        int found = indexOf(wanted, chunk, range);
        if (current == NOWHERE) {
            if (found >= 0 && previous != NOWHERE) {
                SLOTS.setOpaque(chunk, found, 0L);
            }
            return;
        }
        if (found < 0 && previous != NOWHERE) {
            found = indexOf(0, chunk, range);
        }
        int index = found < 0 ? index(range, (int) ((hash >>> 16) & 0xFFFF) % WINDOW) : found;
        SLOTS.setOpaque(chunk, index, tag(hash) | current);
    }

    private int indexOf(long wanted, long[] chunk, long range) {
        for (int number = 0; number < WINDOW; number++) {
            int index = index(range, number);
            if (chunk[index] == wanted) {
                return index;
            }
        }
        return -1;
    }

    /** The upper half is the number of the chunk, the lower one says where in it. */
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

    /** The lowest bits of the hash, above those of the place. */
    private static long tag(long hash) {
        return hash << PLACE_BITS;
    }
}
