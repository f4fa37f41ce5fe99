package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.IndexKeys.IndexKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.StoredRecord;

/**
 * Brings indexes of a collection that are as old as an earlier state up to date, using the documents that have changed
 * since. An index is left to be rebuilt where that does not work: when it is newer than the earlier state, when too
 * much has changed, or when an old document can no longer be read.
 *
 * <p>Tree ids are never reused, and the definition of an index never changes: a tree of the earlier state with this id
 * is an older version of the same index. One without entries may also not have existed yet, unless the collection's
 * indexes are known to be the same.
 */
final class IndexUpdate {

    private final StoreState state;
    private final ChangedRecords changes;
    private final CatalogEntry collection;
    private final FieldDictionary dictionary;
    private final Map<Integer, CountedTree<Presence>> done = new HashMap<>();

    IndexUpdate(StoreState state, ChangedRecords changes, CatalogEntry collection, FieldDictionary dictionary) {
        this.state = state;
        this.changes = changes;
        this.collection = collection;
        this.dictionary = dictionary;
    }

    /** Returns the trees of the indexes that could be updated, by id. */
    Map<Integer, CountedTree<Presence>> run() {
        Set<ByteKey> keys = changes.of(collection.treeId());
        List<Editing> editings = new ArrayList<>();
        for (IndexEntry index : collection.indexes()) {
            if (!state.indexes().get(index.treeId()).isEmpty() || indexesAreAsBefore()) {
                editings.add(new Editing(index));
            }
        }
        if (keys == null || editings.isEmpty() || !areAllApplied(keys, editings)) {
            return done;
        }
        for (Editing editing : editings) {
            if (editing.fits) {
                done.put(editing.index.treeId(), editing.editor.build());
            }
        }
        return done;
    }

    /** Returns whether the collection had the same indexes in the earlier state. */
    private boolean indexesAreAsBefore() {
        Set<ByteKey> changed = changes.of(CatalogFormat.TREE_ID);
        return changed != null && !changed.contains(new ByteKey(collection.key()));
    }

    /** Returns whether the index is up to date now. */
    boolean hasDone(IndexEntry index) {
        return done.containsKey(index.treeId());
    }

    private boolean areAllApplied(Set<ByteKey> keys, List<Editing> editings) {
        try {
            StateView before = new StateView(changes.before());
            StateView now = new StateView(state);
            for (ByteKey key : keys) {
                RecordPointer oldPointer = before.find(collection.treeId(), key.bytes());
                RecordPointer pointer = now.find(collection.treeId(), key.bytes());
                if (oldPointer != null && !changes.before().reaches(oldPointer)) {
                    return false;
                }
                StoredRecord old = oldPointer == null ? null : before.read(key.bytes(), oldPointer);
                StoredRecord current = pointer == null ? null : now.read(key.bytes(), pointer);
                editings.forEach(editing -> editing.replace(key.bytes(), old, current));
            }
            return true;
        } catch (StoreException e) {
            return false; // Rebuilding meets the same problem, unless it is in something that is no longer needed.
        }
    }

    /** Returns whether a record may have been set aside in the earlier state, so that indexes lack its entries. */
    private boolean mayLackEntries(StoredRecord old) {
        return !old.expiry().isNever()
                && old.expiry().millis() <= changes.before().expiries().asOfMillis();
    }

    /** One index while it is being changed. */
    private final class Editing {

        private final IndexEntry index;
        private final IndexKeys keys;
        private final TreeEditor<Presence> editor;
        private boolean fits = true; // Each entry that had to exist did, and none to be added did.

        Editing(IndexEntry index) {
            this.index = index;
            this.keys = new IndexKeys(index.definition(), dictionary, CountedTree.KEY_BYTES_MAX);
            this.editor = state.indexes().get(index.treeId()).edit();
        }

        void replace(byte[] recordKey, @Nullable StoredRecord old, @Nullable StoredRecord current) {
            if (old != null) {
                boolean mayLackEntries = mayLackEntries(old);
                entries(recordKey, old).forEach(key -> fits &= editor.remove(key.key()) != null || mayLackEntries);
            }
            if (current != null) {
                entries(recordKey, current).forEach(key -> fits &= editor.put(key.key(), Presence.PRESENT) == null);
            }
        }

        private List<IndexKey> entries(byte[] recordKey, StoredRecord record) {
            return keys.of(EncodedValue.document(record.value(), dictionary), recordKey);
        }
    }
}
