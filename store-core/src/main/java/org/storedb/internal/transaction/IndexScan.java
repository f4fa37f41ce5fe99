package org.storedb.internal.transaction;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.LeafEntries;
import org.storedb.internal.index.Presence;

/**
 * Finds the records that entries of an index lead to, where its leaves are scanned repeatedly, in the {@link ScanCache}.
 * For one thread.
 */
public final class IndexScan {

    /** Who wants no more records than this, all in one leaf, does not scan it: the others would be read in vain. */
    private static final int SHORT_READ = 5;

    private final StateView view;
    private final int recordTreeId;
    private final ScanCache cache;
    private final UnaryOperator<byte[]> toRecordKey;
    private long bytesToCache;
    private int wanted;

    private @Nullable LeafEntries<Presence> leaf;
    private @Nullable IndexedRecords kept;
    private boolean offered; // this leaf, to the cache

    /**
     * Creates a scan that has found nothing yet.
     *
     * @param recordTreeId the tree of the records
     * @param toRecordKey returns the key of the record that an entry leads to
     */
    public IndexScan(StateView view, int recordTreeId, ScanCache cache, UnaryOperator<byte[]> toRecordKey) {
        this.view = view;
        this.recordTreeId = recordTreeId;
        this.cache = cache;
        this.toRecordKey = toRecordKey;
        this.bytesToCache = cache.bytesOfScanMax();
    }

    /** Begins to read what the entries of another leaf lead to. */
    public void enter(LeafEntries<Presence> next) {
        if (wanted > 0) {
            offer();
        }
        leaf = next;
        kept = ScanCache.find(next) instanceof IndexedRecords found ? found : null;
        offered = false;
        if (wanted > SHORT_READ) {
            touchHints();
        }
    }

    /**
     * Returns the record that an entry leads to, or {@code null} if it has to be read.
     *
     * @param index the number of the entry in the leaf that was entered last
     */
    public @Nullable KeptRecord find(int index) {
        wanted++;
        if (wanted > SHORT_READ) {
            offer();
        }
        if (wanted == SHORT_READ + 1) {
            touchHints();
        }
        IndexedRecords records = kept;
        if (records == null) {
            return null;
        }
        int position = Objects.requireNonNull(leaf).position(index);
        if (records.isCurrent(view, recordTreeId, position)) {
            return records.record(position);
        }
        if (records.noteOutdated(position)) {
            cache.outdated(leaf);
            kept = null;
        }
        return null;
    }

    private void touchHints() {
        if (kept != null) {
            kept.touchHints(view, recordTreeId);
        }
    }

    /** Offers the leaf to the cache, once, unless its records are there. */
    private void offer() {
        if (leaf == null || kept != null || offered || bytesToCache <= 0) {
            return;
        }
        offered = true;
        if (!view.hasHints(recordTreeId)) {
            return;
        }
        kept = cache.scanned(leaf, whole -> IndexedRecords.read(view, recordTreeId, whole, toRecordKey));
        if (kept != null) {
            bytesToCache -= kept.memoryBytes();
        }
    }
}
