package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeBuilder;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/** Builds whole indexes from the documents of a state, reading each document once. */
public final class IndexBuilder {

    private static final int REPORT_DOCUMENTS = 1024;

    private IndexBuilder() {}

    /**
     * Completes all indexes of a state that has records, and perhaps the indexes of an earlier state. No key is too long
     * for this: whoever wrote it was allowed to.
     *
     * @param changes what has changed since that earlier state, or {@code null} if there is none
     * @param progress receives how many documents have been read, and how many there are
     */
    public static StoreState completeAll(
            StoreState state, @Nullable ChangedRecords changes, CatalogService catalog, Progress progress) {
        Map<Integer, CountedTree<Presence>> trees = new HashMap<>();
        state.indexes().forEach((treeId, tree) -> trees.put(treeId, CountedTree.empty(Presence.LAYOUT)));
        for (CatalogEntry collection : catalog.catalogOf(state).all(Kind.COLLECTION)) {
            FieldDictionary dictionary = catalog.dictionary(collection);
            List<IndexEntry> missing = new ArrayList<>(collection.indexes());
            if (changes != null) {
                IndexUpdate update = new IndexUpdate(state, changes, collection, dictionary);
                trees.putAll(update.run());
                missing.removeIf(index -> update.hasDone(index));
            }
            List<IndexDefinition> definitions =
                    missing.stream().map(IndexEntry::definition).toList();
            List<CountedTree<Presence>> built =
                    build(state, collection, definitions, dictionary, CountedTree.KEY_BYTES_MAX, progress);
            for (int i = 0; i < missing.size(); i++) {
                trees.put(missing.get(i).treeId(), built.get(i));
            }
        }
        return state.with(state.sequence(), Map.of(), trees, state.segments());
    }

    /**
     * Returns the trees of some indexes of a collection, in the order of {@code definitions}.
     *
     * @throws UniqueIndexViolationException if one is unique and the documents violate that
     */
    static List<CountedTree<Presence>> build(
            StoreState state,
            CatalogEntry collection,
            List<IndexDefinition> definitions,
            FieldDictionary dictionary,
            int keyBytesMax,
            Progress progress) {
        if (definitions.isEmpty()) {
            return List.of();
        }
        List<Entries> all = definitions.stream()
                .map(definition -> new Entries(new IndexKeys(definition, dictionary, keyBytesMax)))
                .toList();
        StateView view = new StateView(state);
        long total = view.records(collection.treeId()).size();
        TreeCursor<RecordPointer> cursor = view.records(collection.treeId()).cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            EncodedValue document =
                    EncodedValue.document(view.read(key, cursor.value()).value(), dictionary);
            all.forEach(entries -> entries.add(document, key));
            if (cursor.remaining() % REPORT_DOCUMENTS == 0) {
                progress.report(total - cursor.remaining(), total);
            }
        }
        return all.stream().map(entries -> entries.toTree(collection.name())).toList();
    }

    /** Receives the progress of the build for one collection. */
    @FunctionalInterface
    public interface Progress {
        void report(long documentsDone, long documentsTotal);
    }

    /** The entries of one index. */
    private static final class Entries {

        private final IndexKeys indexKeys;
        private final List<IndexKeys.IndexKey> keys = new ArrayList<>();

        Entries(IndexKeys indexKeys) {
            this.indexKeys = indexKeys;
        }

        void add(EncodedValue document, byte[] recordKey) {
            keys.addAll(indexKeys.of(document, recordKey));
        }

        CountedTree<Presence> toTree(String collection) {
            keys.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
            TreeBuilder<Presence> builder = new TreeBuilder<>(Presence.LAYOUT);
            IndexKeys.IndexKey previous = null;
            for (IndexKeys.IndexKey key : keys) {
                if (previous != null && indexKeys.definition().unique() && key.complete()) {
                    requireOther(collection, previous, key);
                }
                builder.add(key.key(), Presence.PRESENT);
                previous = key;
            }
            return builder.build();
        }

        private void requireOther(String collection, IndexKeys.IndexKey previous, IndexKeys.IndexKey key) {
            if (Arrays.equals(previous.values(), key.values())) {
                throw UniqueViolations.ofDocuments(collection, indexKeys.definition(), previous.key(), key.key());
            }
        }
    }
}
