package org.storedb.internal.transaction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.LeafEntries;
import org.storedb.internal.index.TreeCursor;

/**
 * Walks over the remaining records of a cursor, and reads their values. Records are scattered in the log, and most of
 * the cost of a value is waiting for its bytes to come from memory: so the bytes of several are read first, one right
 * after another, to arrive at the same time; or with one call if they are close together. Those of leaves that are
 * scanned repeatedly are in the {@link ScanCache}. For one thread.
 */
public final class RecordScan {

    private static final int AHEAD_MAX = 16;
    private static final int GROWTH = 4;

    private final TreeView view;
    private final TreeCursor<RecordPointer> cursor;
    private final ScanCache cache;
    private long bytesToCache;

    private @Nullable LeafEntries<RecordPointer> leaf;
    private int indexInLeaf = -1;
    private int leafCount;

    private @Nullable LeafValues values;
    private boolean offered; // this leaf, to the cache

    private final RecordRun run = new RecordRun();
    private RecordPointers pointers = new RecordPointers(0);
    private int nextAhead = 1; // Often only the first record is wanted.
    private int aheadFrom;
    private int aheadTo;
    private boolean brokenOff;

    /** Creates a scan positioned before the first record, until {@link #next} is called. */
    public RecordScan(TreeView view, TreeCursor<RecordPointer> cursor, ScanCache cache) {
        this.view = view;
        this.cursor = cursor;
        this.cache = cache;
        this.bytesToCache = cache.bytesOfScanMax();
    }

    /** Moves to the next record; returns false if there is none. */
    public boolean next() {
        if (indexInLeaf + 1 < (values == null ? aheadTo : leafCount)) {
            indexInLeaf++;
            return true;
        }
        if (brokenOff) {
            throw new IllegalStateException("This scan was ended by an error; start another one");
        }
        brokenOff = true;
        boolean found = indexInLeaf + 1 < leafCount || enterLeaf();
        if (found) {
            indexInLeaf++;
            if (values == null) {
                lookAhead(leaf());
            }
        }
        brokenOff = false;
        return found;
    }

    /** Returns how many records {@link #next} has yet to visit. */
    public long remaining() {
        return cursor.remaining() + leafCount - 1 - indexInLeaf;
    }

    /** Returns the key of this record, in an array owned by the caller. */
    public byte[] key() {
        return values == null ? pointers.key(indexInLeaf - aheadFrom) : leaf().key(indexInLeaf);
    }

    /** Returns the location of this record. */
    public RecordPointer pointer() {
        return leaf().value(indexInLeaf);
    }

    /**
     * Reads the value of this record, into an array owned by the caller.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    public byte[] readValue() {
        LeafValues kept = values;
        if (kept != null) {
            return kept.value(leaf().position(indexInLeaf));
        }
        int ahead = indexInLeaf - aheadFrom;
        byte[] key = pointers.key(ahead);
        byte[] value = run.findValue(key, pointers.offset(ahead), pointers.length(ahead));
        return value == null ? view.readValue(key, pointers.get(ahead)) : value;
    }

    /**
     * Reads this record; does not tell when it expires.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    public StoredRecord read() {
        LeafValues kept = values;
        if (kept != null) {
            int position = leaf().position(indexInLeaf);
            return new StoredRecord(kept.revision(position), kept.value(position));
        }
        int ahead = indexInLeaf - aheadFrom;
        byte[] key = pointers.key(ahead);
        int offset = pointers.offset(ahead);
        int length = pointers.length(ahead);
        byte[] value = run.findValue(key, offset, length);
        return value == null
                ? view.read(key, pointers.get(ahead))
                : new StoredRecord(run.revision(offset, length), value);
    }

    private boolean enterLeaf() {
        LeafEntries<RecordPointer> next = cursor.nextInLeaf();
        leaf = next;
        indexInLeaf = -1;
        leafCount = 0;
        aheadTo = 0;
        values = null;
        if (next == null) {
            return false;
        }
        leafCount = next.count();
        values = ScanCache.find(next) instanceof LeafValues kept ? kept : null;
        offered = false;
        return true;
    }

    /** Gets hold of the records from this one on: those of the leaf that are kept, or the next few in the log. */
    private void lookAhead(LeafEntries<RecordPointer> entries) {
        if (pointers.capacity() < nextAhead) {
            pointers = new RecordPointers(nextAhead);
        }
        nextAhead = Math.min(AHEAD_MAX, GROWTH * nextAhead);
        if (pointers.capacity() == AHEAD_MAX && !offered && bytesToCache > 0) {
            offered = true;
            values = cache.scanned(entries, whole -> LeafValues.read(view, whole));
            if (values != null) {
                bytesToCache -= values.memoryBytes();
                return;
            }
        }
        int ahead = Math.min(pointers.capacity(), leafCount - indexInLeaf);
        pointers.read(entries, indexInLeaf, ahead);
        if (!view.readRun(pointers, ahead, run)) {
            view.touchAll(pointers, ahead);
        }
        aheadFrom = indexInLeaf;
        aheadTo = indexInLeaf + ahead;
    }

    private LeafEntries<RecordPointer> leaf() {
        return Objects.requireNonNull(leaf, "next() was not called, or returned false");
    }
}
