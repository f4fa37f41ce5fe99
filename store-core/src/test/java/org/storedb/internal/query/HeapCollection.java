package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.HeapFieldDictionary;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.ScanCache;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.internal.transaction.TreeView;

/** A collection in plain arrays, that takes down what was read of it. */
final class HeapCollection implements TreeView {

    static final int RECORDS = 1;

    final HeapFieldDictionary dictionary;
    final List<String> notes = new ArrayList<>();
    int reads;
    int unreadable = -1; // the number of a document
    boolean hinted; // Then records are found at places that cannot be read.
    private final List<byte[]> values = new ArrayList<>();
    private final Map<Integer, CountedTree<Presence>> indexTrees = new HashMap<>();
    private final List<IndexEntry> indexes = new ArrayList<>();
    private CountedTree<RecordPointer> records = CountedTree.empty(RecordPointer.LAYOUT);

    HeapCollection(HeapFieldDictionary dictionary) {
        this.dictionary = dictionary;
    }

    void addAll(Iterable<? extends Map<String, @Nullable Object>> documents) {
        TreeEditor<RecordPointer> editor = records.edit();
        DocumentEncoder encoder = new DocumentEncoder(dictionary);
        for (Map<String, @Nullable Object> document : documents) {
            encoder.reset();
            encoder.writeValue(document);
            editor.put(
                    DocumentId.encode(Objects.requireNonNull(document.get("id"))),
                    new RecordPointer(0, values.size(), 1, 1));
            values.add(encoder.toBytes());
        }
        records = editor.build();
    }

    void addIndex(IndexDefinition definition) {
        IndexKeys keys = new IndexKeys(definition, dictionary, 10_000);
        TreeMap<byte[], Presence> entries = new TreeMap<>(Arrays::compareUnsigned);
        var cursor = records.cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] value = values.get(cursor.value().offset());
            keys.of(EncodedValue.document(value, dictionary), cursor.key())
                    .forEach(key -> entries.put(key.key(), Presence.PRESENT));
        }
        TreeEditor<Presence> editor = CountedTree.empty(Presence.LAYOUT).edit();
        entries.forEach(editor::put);
        int treeId = RECORDS + 1 + indexes.size();
        indexTrees.put(treeId, editor.build());
        indexes.add(new IndexEntry(definition, treeId));
    }

    void dropIndexes() {
        indexes.clear();
    }

    CollectionView view() {
        CatalogEntry entry = new CatalogEntry(CatalogEntry.Kind.COLLECTION, "places", RECORDS, indexes, new byte[0], 0);
        return new CollectionShape(entry, dictionary).in(this, ScanCache.NONE);
    }

    PlanExecutor executor() {
        return new PlanExecutor(view());
    }

    @Override
    public CountedTree<RecordPointer> records(int treeId) {
        return records;
    }

    @Override
    public CountedTree<Presence> index(int treeId) {
        return Objects.requireNonNull(indexTrees.get(treeId));
    }

    @Override
    public @Nullable RecordPointer find(int treeId, byte[] key) {
        return records.get(key);
    }

    @Override
    public void findAll(int treeId, byte[][] keys, @Nullable RecordPointer[] found, int count) {
        TreeView.super.findAll(treeId, keys, found, count);
        for (int at = 0; at < count && hinted; at++) {
            found[at] = new RecordPointer(0, 0, 0, 0);
        }
    }

    @Override
    public StoredRecord read(byte[] key, RecordPointer pointer) {
        reads++;
        if (pointer.sequence() == 0 || pointer.offset() == unreadable) {
            throw new CorruptStoreException("log", pointer.offset(), "offset " + pointer.offset());
        }
        return new StoredRecord(0, values.get(pointer.offset()));
    }

    @Override
    public void noteKeyRead(int treeId, byte[] key) {
        notes.add("key " + treeId + " " + KeyDecoder.decode(key));
    }

    @Override
    public void noteRangeRead(int treeId, TreeRange range) {
        notes.add((range.from() == null && range.to() == null ? "all " : "range ") + treeId);
    }
}
