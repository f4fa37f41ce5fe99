package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;

/** The trees of one state, for readers that need no validation. Safe for use by many threads. */
public record StateView(StoreState state) implements TreeView {

    @Override
    public CountedTree<RecordPointer> records(int treeId) {
        return state.records().get(treeId);
    }

    @Override
    public CountedTree<Presence> index(int treeId) {
        return state.indexes().get(treeId);
    }

    @Override
    public boolean isExpiring(int treeId) {
        return state.expiries().isExpiring(treeId);
    }

    @Override
    public @Nullable RecordPointer find(int treeId, byte[] key) {
        return state.records().get(treeId).get(key);
    }

    @Override
    public void findAll(int treeId, byte[][] keys, @Nullable RecordPointer[] found, int count) {
        state.hints().findAll(state.segments(), treeId, keys, found, count);
        for (int at = 0; at < count; at++) {
            RecordPointer hinted = found[at];
            if (hinted == null || StateHints.isNoRecord(hinted)) {
                found[at] = find(treeId, keys[at]);
            }
        }
    }

    /** Returns whether there are hints for a tree of records, without which {@link #isAt} knows nothing. */
    boolean hasHints(int treeId) {
        return state.hints().all().tableToAsk(treeId) != null;
    }

    /**
     * Returns whether the record of a key is certainly at this location, where a record of the key was at some time.
     *
     * @param hash the {@link RecordHints#hash} of the key
     * @param location the {@link RecordHints#location} of the record
     */
    boolean isAt(int treeId, long hash, long location) {
        return state.hints().isAt(state.segments(), treeId, hash, location);
    }

    @Override
    public long touch(int segment, int offset, int length) {
        return state.segments().get(segment).touch(offset, length);
    }

    @Override
    public StoredRecord read(byte[] key, RecordPointer pointer) {
        return RecordReader.read(state.segments(), key, pointer);
    }

    @Override
    public byte[] readValue(byte[] key, RecordPointer pointer) {
        return RecordReader.readValue(state.segments(), key, pointer);
    }

    @Override
    public @Nullable StoredRecord read(int treeId, byte[] key) {
        RecordPointer hinted = state.hints().find(state.segments(), treeId, key);
        if (StateHints.isNoRecord(hinted)) {
            return null;
        }
        if (hinted != null) {
            try {
                return RecordReader.read(state.segments(), key, hinted);
            } catch (CorruptStoreException | StoreIoException e) {
                // The tree reports for certain what is wrong.
            }
        }
        return TreeView.super.read(treeId, key);
    }

    @Override
    public byte @Nullable [] readValue(int treeId, byte[] key) {
        RecordPointer hinted = state.hints().find(state.segments(), treeId, key);
        if (StateHints.isNoRecord(hinted)) {
            return null;
        }
        if (hinted != null) {
            try {
                return RecordReader.readValue(state.segments(), key, hinted);
            } catch (CorruptStoreException | StoreIoException e) {
                // As above.
            }
        }
        return TreeView.super.readValue(treeId, key);
    }

    @Override
    public boolean readRun(RecordPointers pointers, int count, RecordRun target) {
        return target.read(state.segments(), pointers, count);
    }

    @Override
    public void noteKeyRead(int treeId, byte[] key) {}

    @Override
    public void noteRangeRead(int treeId, TreeRange range) {}
}
