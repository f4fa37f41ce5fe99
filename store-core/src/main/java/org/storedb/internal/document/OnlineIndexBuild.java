package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.IndexKeys.IndexKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeDifference;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/**
 * Builds an index while documents change: first from the documents of one state, then from the differences to a later
 * state, as often as necessary. All of it is in memory and invisible to others. For one thread.
 */
final class OnlineIndexBuild {

    private static final int REPORT_DOCUMENTS = 1024;

    private final CatalogEntry collection;
    private final FieldDictionary dictionary;
    private final IndexKeys keys;
    private StoreState state;
    private CountedTree<Presence> tree;

    /**
     * Builds the index of a state.
     *
     * @param progress reports now and then how many documents have been read; an exception that it throws ends the
     *     build
     * @throws UniqueIndexViolationException if the index is unique and the documents violate that
     */
    OnlineIndexBuild(
            StoreState state,
            CatalogEntry collection,
            IndexDefinition definition,
            FieldDictionary dictionary,
            int keyBytesMax,
            IndexBuilder.Progress progress) {
        this.state = state;
        this.collection = collection;
        this.dictionary = dictionary;
        this.keys = new IndexKeys(definition, dictionary, keyBytesMax);
        this.tree = IndexBuilder.build(state, collection, List.of(definition), dictionary, keyBytesMax, progress)
                .get(0);
    }

    /** Returns the entries of the documents of the last state. */
    CountedTree<Presence> tree() {
        return tree;
    }

    /**
     * Applies what has changed up to a later state.
     *
     * @param progress reports now and then how many documents have been read
     * @return how many documents have changed
     * @throws UniqueIndexViolationException if the documents are no longer unique
     */
    long catchUp(StoreState later, IndexBuilder.Progress progress) {
        StateView before = new StateView(state);
        StateView after = new StateView(later);
        TreeDifference<RecordPointer> changes = TreeDifference.between(
                RecordPointer.LAYOUT,
                before.records(collection.treeId()),
                after.records(collection.treeId()),
                RecordPointer::isSameRecord);
        TreeEditor<Presence> editor = tree.edit();
        List<IndexKey> added = new ArrayList<>();
        long count = 0;
        while (changes.next()) {
            entries(before, changes.key(), changes.removed()).forEach(entry -> editor.remove(entry.key()));
            for (IndexKey entry : entries(after, changes.key(), changes.added())) {
                editor.put(entry.key(), Presence.PRESENT);
                added.add(entry);
            }
            count++;
            if (count % REPORT_DOCUMENTS == 0) {
                progress.report(count, 0);
            }
        }
        tree = editor.build();
        state = later;
        if (keys.definition().unique()) {
            added.stream().filter(IndexKey::complete).forEach(this::requireUnique);
        }
        return count;
    }

    private List<IndexKey> entries(StateView view, byte[] key, @Nullable RecordPointer pointer) {
        return pointer == null
                ? List.of()
                : keys.of(EncodedValue.document(view.read(key, pointer).value(), dictionary), key);
    }

    private void requireUnique(IndexKey entry) {
        TreeRange range = TreeRange.prefix(entry.values());
        if (tree.count(range) <= 1) {
            return;
        }
        TreeCursor<Presence> cursor = tree.cursor(range);
        while (cursor.next()) {
            if (!Arrays.equals(cursor.key(), entry.key())) {
                throw UniqueViolations.ofDocuments(collection.name(), keys.definition(), cursor.key(), entry.key());
            }
        }
    }
}
