package org.storedb.internal.query;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.LeafEntries;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.transaction.IndexScan;
import org.storedb.internal.transaction.KeptRecord;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;

/** Walks over entries of an index, leaf by leaf. For one thread. */
final class IndexWalk implements KeySource {

    private final TreeWalk<Presence> walk;
    private final int fieldCount;
    private final @Nullable IndexScan scan; // null if records can change meanwhile
    private @Nullable TreeCursor<Presence> cursor;
    private @Nullable LeafEntries<Presence> leaf;
    private int index;
    private int count;

    /**
     * Creates a walk positioned before its first entry.
     *
     * @param fieldCount number of fields of the index
     */
    IndexWalk(CollectionView collection, TreeWalk<Presence> walk, int fieldCount) {
        this.walk = walk;
        this.fieldCount = fieldCount;
        this.scan = collection.view() instanceof StateView state
                ? new IndexScan(
                        state,
                        collection.recordTreeId(),
                        collection.scans(),
                        key -> IndexKeys.recordKey(key, fieldCount))
                : null;
    }

    @Override
    public boolean next() {
        index++;
        return index < count || enterLeaf();
    }

    private boolean enterLeaf() {
        LeafEntries<Presence> next = nextLeaf();
        leaf = next;
        index = 0;
        count = next == null ? 0 : next.count();
        if (next != null && scan != null) {
            scan.enter(next);
        }
        return next != null;
    }

    private @Nullable LeafEntries<Presence> nextLeaf() {
        LeafEntries<Presence> next = cursor == null ? null : cursor.nextInLeaf();
        while (next == null) {
            cursor = walk.nextCursor();
            if (cursor == null) {
                return null;
            }
            next = cursor.nextInLeaf();
        }
        return next;
    }

    @Override
    public byte[] recordKey() {
        return IndexKeys.recordKey(leaf().key(index), fieldCount);
    }

    @Override
    public @Nullable RecordPointer pointer() {
        return null;
    }

    @Override
    public @Nullable KeptRecord kept() {
        return scan == null ? null : scan.find(index);
    }

    private LeafEntries<Presence> leaf() {
        return Objects.requireNonNull(leaf, "next() was not called, or returned false");
    }
}
