package org.storedb.internal.transaction;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.index.LeafAttachment;
import org.storedb.internal.index.LeafEntries;

/**
 * Keeps the records of leaves that are scanned repeatedly, until they take up too much memory: then those go first that
 * were not scanned lately (the "clock" policy). They are attached to the leaves. A leaf never changes, and the next
 * version of it begins without them; so those of a tree of records are always right. Those that a leaf of an index leads
 * to can change without it, and say themselves which of them are still right. Safe for use by many threads.
 */
public final class ScanCache {

    /** A cache that keeps nothing. */
    public static final ScanCache NONE = new ScanCache(0);

    /** How many times smaller than the cache is what a single scan may add to it: others need it as well. */
    private static final int SHARE_OF_SCAN = 4;

    /** Of so many leaves one is added while others have to go for it: what goes too soon was copied in vain. */
    private static final int SHARE_WHEN_FULL = 8;

    private final long bytesMax;
    private final Queue<Slot> slots = new ArrayDeque<>(); // Guarded by this.
    private int emptySlots; // Guarded by this.
    private int draw; // Any threads may write it at once.
    private volatile long bytes; // Written under the lock of this.

    /**
     * Creates an empty cache.
     *
     * @param bytesMax maximum bytes of memory, 0 or more; 0 to keep nothing
     */
    public ScanCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Returns about how many bytes of memory it takes up. */
    public long bytes() {
        return bytes;
    }

    /** Returns how many bytes one scan may add. */
    long bytesOfScanMax() {
        return bytesMax / SHARE_OF_SCAN;
    }

    /** Returns the records of a leaf, or {@code null} if they are not kept. */
    static @Nullable KeptRecords find(LeafEntries<?> entries) {
        return entries.attachment() instanceof Slot slot ? slot.use() : null;
    }

    /**
     * Notes that a leaf is scanned whose records are not kept; if it was before, reads and keeps them, though not always
     * if others have to go for them.
     *
     * @param reader reads those of all entries of a leaf; returns {@code null} if they are not to be kept
     * @return the records, or {@code null} if they are not kept
     */
    <V, R extends KeptRecords> @Nullable R scanned(
            LeafEntries<V> entries, Function<LeafEntries<V>, @Nullable R> reader) {
        LeafAttachment attachment = entries.attachment();
        if (attachment == null) {
            entries.attach(Mark.SCANNED);
            return null;
        }
        if (attachment == Mark.UNFIT || !isWelcome()) {
            return null;
        }
        R records;
        try {
            records = reader.apply(entries.whole());
        } catch (StoreException e) {
            return null; // The scan will come to that record, or end before it.
        }
        if (records == null) {
            entries.attach(Mark.UNFIT);
            return null;
        }
        Slot slot = new Slot(records);
        add(slot);
        entries.attach(slot);
        return records;
    }

    /** Drops the records of a leaf, since most of them have changed: the next scan reads and keeps them again. */
    void outdated(LeafEntries<?> entries) {
        if (entries.attachment() instanceof Slot slot) {
            drop(slot);
            entries.attach(Mark.SCANNED);
        }
    }

    private boolean isWelcome() {
        if (bytes <= bytesMax - bytesMax / SHARE_WHEN_FULL) {
            return true;
        }
        draw = draw * 1_664_525 + 1_013_904_223; // A linear congruential generator; Numerical Recipes.
        return (draw >>> 8) % SHARE_WHEN_FULL == 0;
    }

    private synchronized void add(Slot slot) {
        long used = bytes + slot.bytes;
        slots.add(slot);
        while (used > bytesMax) {
            Slot next = slots.remove();
            if (next.isEmpty()) {
                emptySlots--;
            } else if (next.wasUsed()) {
                slots.add(next);
            } else {
                next.clear();
                used -= next.bytes;
            }
        }
        bytes = used;
    }

    private synchronized void drop(Slot slot) {
        if (slot.isEmpty()) {
            return;
        }
        slot.clear();
        bytes -= slot.bytes;
        emptySlots++;
        if (emptySlots > slots.size() / 2) {
            slots.removeIf(Slot::isEmpty);
            emptySlots = 0;
        }
    }

    /** What is known of a leaf whose records are not kept. */
    private enum Mark implements LeafAttachment {
        /** It was scanned once. */
        SCANNED,
        /** Its records are not to be kept: they are too long, not committed, or not known to hints. */
        UNFIT;

        @Override
        public void superseded() {}
    }

    /** Refers to the records of a leaf as long as they are kept. */
    private final class Slot implements LeafAttachment {

        private final int bytes;
        private volatile @Nullable KeptRecords records;
        private boolean used; // Any thread may miss a change of it: then these go a little earlier or later.

        Slot(KeptRecords records) {
            this.bytes = records.memoryBytes();
            this.records = records;
        }

        @Nullable
        KeptRecords use() {
            if (!used) { // Writing each time would take the cache line away from other threads.
                used = true;
            }
            return records;
        }

        boolean wasUsed() {
            boolean was = used;
            used = false;
            return was;
        }

        boolean isEmpty() {
            return records == null;
        }

        void clear() {
            records = null;
        }

        @Override
        public void superseded() {
            drop(this);
        }
    }
}
