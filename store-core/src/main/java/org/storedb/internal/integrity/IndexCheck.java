package org.storedb.internal.integrity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;

/** Compares the indexes of one collection with its documents, in both directions: one bit for each entry. */
final class IndexCheck {

    /** The check for collections without indexes. */
    static final IndexCheck NONE = new IndexCheck(List.of(), null);

    private final List<OneIndex> indexes;
    private final @Nullable FieldDictionary dictionary;
    private final Set<ByteKey> skipped = new HashSet<>();

    IndexCheck(StoreState state, CatalogEntry collection, FieldDictionary dictionary, Problems problems) {
        this(
                collection.indexes().stream()
                        .map(index -> new OneIndex(
                                new IndexKeys(index.definition(), dictionary, CountedTree.KEY_BYTES_MAX),
                                state.indexes().get(index.treeId()),
                                nameOf(collection, index),
                                problems))
                        .toList(),
                dictionary);
    }

    private IndexCheck(List<OneIndex> indexes, @Nullable FieldDictionary dictionary) {
        this.indexes = new ArrayList<>(indexes);
        this.dictionary = dictionary;
    }

    static String nameOf(CatalogEntry collection, IndexEntry index) {
        return "index '" + index.definition().name() + "' of collection '" + collection.name() + "'";
    }

    boolean isEmpty() {
        return indexes.isEmpty();
    }

    /** Looks for the entries of a document. */
    void check(byte[] key, byte[] value) {
        FieldDictionary fields = dictionary;
        if (fields != null) {
            DocumentId.decode(key);
            EncodedValue document = EncodedValue.document(value, fields);
            indexes.forEach(index -> index.check(document, key));
        }
    }

    /** Notes that a document could not be read, so that its entries are not considered wrong. */
    void skip(byte[] key) {
        if (!indexes.isEmpty()) {
            skipped.add(new ByteKey(key));
        }
    }

    /** Looks for entries without a document; returns the number of entries. */
    long finish() {
        long entries = 0;
        for (OneIndex index : indexes) {
            index.findExtra(skipped);
            entries += index.tree.size();
        }
        return entries;
    }

    private static final class OneIndex {

        private final IndexKeys keys;
        private final CountedTree<Presence> tree;
        private final String name;
        private final Problems problems;
        private final BitSet found;

        OneIndex(IndexKeys keys, CountedTree<Presence> tree, String name, Problems problems) {
            this.keys = keys;
            this.tree = tree;
            this.name = name;
            this.problems = problems;
            this.found = new BitSet(Math.toIntExact(tree.size()));
        }

        void check(EncodedValue document, byte[] recordKey) {
            keys.of(document, recordKey).forEach(entry -> check(entry, recordKey));
        }

        private void check(IndexKeys.IndexKey entry, byte[] recordKey) {
            if (!tree.contains(entry.key())) {
                report(Kind.MISSING_INDEX_ENTRY, recordKey, "The " + name + " has no entry for ");
                return;
            }
            found.set(Math.toIntExact(tree.rank(entry.key())));
            boolean mustBeUnique = keys.definition().unique() && entry.complete();
            if (mustBeUnique && tree.count(TreeRange.prefix(entry.values())) > 1) {
                report(Kind.NOT_UNIQUE, recordKey, "The unique " + name + " has more than one entry for the value of ");
            }
        }

        void findExtra(Set<ByteKey> skipped) {
            int rank = found.nextClearBit(0);
            while (rank < tree.size()) {
                TreeCursor<Presence> cursor = tree.cursorAt(rank);
                cursor.next();
                byte[] recordKey = IndexKeys.recordKey(
                        cursor.key(), keys.definition().fields().size());
                if (!skipped.contains(new ByteKey(recordKey))) {
                    report(Kind.EXTRA_INDEX_ENTRY, recordKey, "The " + name + " has an entry that does not match ");
                }
                rank = found.nextClearBit(rank + 1);
            }
        }

        private void report(Kind kind, byte[] recordKey, String what) {
            String id = KeyNames.documentId(recordKey);
            problems.add(StoreProblem.ofKey(kind, name, id, what + "document '" + id + "'"));
        }
    }
}
