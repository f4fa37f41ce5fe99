package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
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
                byte[] recordKey = key.bytes();
                RecordPointer old = before.find(collection.treeId(), recordKey);
                if (old != null && !changes.before().reaches(old)) {
                    return false;
                }
                RecordPointer current = now.find(collection.treeId(), recordKey);
                if (old != null) {
                    removeEntries(recordKey, before.read(recordKey, old), editings);
                }
                if (current != null) {
                    addEntries(recordKey, now.read(recordKey, current), editings);
                }
            }
            return true;
        } catch (StoreException e) {
            return false; // Rebuilding meets the same problem, unless it is in something that is no longer needed.
        }
    }

    private void removeEntries(byte[] recordKey, StoredRecord record, List<Editing> editings) {
        EncodedValue document = EncodedValue.document(record.value(), dictionary);
        boolean mayLackEntries = mayLackEntries(record);
        editings.forEach(editing -> editing.remove(document, recordKey, mayLackEntries));
    }

    private void addEntries(byte[] recordKey, StoredRecord record, List<Editing> editings) {
        EncodedValue document = EncodedValue.document(record.value(), dictionary);
        editings.forEach(editing -> editing.add(document, recordKey));
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

        void remove(EncodedValue document, byte[] recordKey, boolean mayLackEntries) {
            keys.of(document, recordKey).forEach(key -> fits &= editor.remove(key.key()) != null || mayLackEntries);
        }

        void add(EncodedValue document, byte[] recordKey) {
            keys.of(document, recordKey).forEach(key -> fits &= editor.put(key.key(), Presence.PRESENT) == null);
        }
    }
}
