package org.storedb.internal.transaction;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.index.LeafEntries;

/**
 * Keeps the values of leaves that are scanned repeatedly, until they take up too much memory: then those go first that
 * were not scanned lately (the "clock" policy). They are attached to the leaves. A leaf never changes, and the next
 * version of it begins without them; so they are always right. Safe for use by many threads.
 */
public final class ScanCache {

    /** A cache that keeps nothing. */
    public static final ScanCache NONE = new ScanCache(0);

    /** How many times smaller than the cache is what a single scan may add to it: others need it as well. */
    private static final int SHARE_OF_SCAN = 4;

    /** Attached to a leaf that was scanned once. */
    private static final Object SCANNED = new Object();

    /** Attached to a leaf whose values are not to be kept: they are too long, or not committed. */
    private static final Object UNFIT = new Object();

    private final long bytesMax;
    private final Queue<Slot> slots = new ArrayDeque<>(); // Guarded by this.
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

    /** Returns the values of a leaf, or {@code null} if they are not kept. */
    static @Nullable LeafValues find(LeafEntries<RecordPointer> entries) {
        return entries.attachment() instanceof Slot slot ? slot.use() : null;
    }

    /**
     * Notes that a leaf is scanned whose values are not kept; if it was before, reads and keeps them.
     *
     * @return the values, or {@code null} if they are not kept
     */
    @Nullable
    LeafValues scanned(TreeView view, LeafEntries<RecordPointer> entries) {
        Object attachment = entries.attachment();
        if (attachment == null) {
            entries.attach(SCANNED);
        }
        if (attachment == null || attachment == UNFIT) {
            return null;
        }
        LeafValues values;
        try {
            values = LeafValues.read(view, entries.whole());
        } catch (StoreException e) {
            return null; // The scan will come to that record, or end before it.
        }
        if (values == null) {
            entries.attach(UNFIT);
            return null;
        }
        Slot slot = new Slot(values);
        entries.attach(slot);
        add(slot, values.memoryBytes());
        return values;
    }

    private synchronized void add(Slot slot, int added) {
        long used = bytes + added;
        slots.add(slot);
        while (used > bytesMax) {
            Slot next = slots.remove();
            if (next.wasUsed()) {
                slots.add(next);
            } else {
                used -= next.drop();
            }
        }
        bytes = used;
    }

    /** Refers to the values of a leaf while they are kept. */
    private static final class Slot {

        private volatile @Nullable LeafValues values;
        private boolean used; // Any thread may miss a change of it: then these values go a little earlier or later.

        Slot(LeafValues values) {
            this.values = values;
        }

        @Nullable
        LeafValues use() {
            if (!used) { // Writing each time would take the cache line away from other threads.
                used = true;
            }
            return values;
        }

        boolean wasUsed() {
            boolean was = used;
            used = false;
            return was;
        }

        /** Returns how many bytes are free then. */
        int drop() {
            LeafValues dropped = values;
            values = null;
            return dropped == null ? 0 : dropped.memoryBytes();
        }
    }
}
