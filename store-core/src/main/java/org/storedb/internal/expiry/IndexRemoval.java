package org.storedb.internal.expiry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storedb.error.StoreException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/** Removes documents of one collection from its indexes. For one thread. */
final class IndexRemoval {

    private final StateView view;
    private final FieldDictionary dictionary;
    private final List<OneIndex> indexes = new ArrayList<>();

    IndexRemoval(StoreState state, CatalogEntry collection, FieldDictionary dictionary) {
        this.view = new StateView(state);
        this.dictionary = dictionary;
        for (IndexEntry index : collection.indexes()) {
            CountedTree<Presence> tree = state.indexes().get(index.treeId());
            if (!tree.isEmpty()) {
                indexes.add(new OneIndex(index, tree.edit()));
            }
        }
    }

    void remove(byte[] key, RecordPointer pointer) {
        if (indexes.isEmpty()) {
            return;
        }
        try {
            EncodedValue document =
                    EncodedValue.document(view.read(key, pointer).value(), dictionary);
            indexes.forEach(index -> index.remove(document, key));
        } catch (StoreException e) { // It is removed all the same.
            indexes.forEach(index -> index.removeUnread(key));
        }
    }

    /** Returns the indexes as they are now, by the id of their tree. */
    Map<Integer, CountedTree<Presence>> trees() {
        Map<Integer, CountedTree<Presence>> trees = new HashMap<>();
        indexes.forEach(index -> trees.put(index.entry.treeId(), index.editor.build()));
        return trees;
    }

    private final class OneIndex {

        private final IndexEntry entry;
        private final IndexKeys keys;
        private final TreeEditor<Presence> editor;

        OneIndex(IndexEntry entry, TreeEditor<Presence> editor) {
            this.entry = entry;
            this.keys = new IndexKeys(entry.definition(), dictionary, CountedTree.KEY_BYTES_MAX);
            this.editor = editor;
        }

        void remove(EncodedValue document, byte[] key) {
            keys.of(document, key).forEach(indexKey -> editor.remove(indexKey.key()));
        }

        /** Finds and removes the entries of a document that cannot be read, by a scan of the whole index. */
        void removeUnread(byte[] key) {
            int fields = entry.definition().fields().size();
            TreeCursor<Presence> cursor = editor.build().cursor(TreeRange.all());
            while (cursor.next()) {
                byte[] indexKey = cursor.key();
                if (Arrays.equals(IndexKeys.recordKey(indexKey, fields), key)) {
                    editor.remove(indexKey);
                }
            }
        }
    }
}
