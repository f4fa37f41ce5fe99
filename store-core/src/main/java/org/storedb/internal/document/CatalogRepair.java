package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.DueRecords;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.StoredRecord;

/**
 * Makes the catalog of a store match its records again after some of either were lost: names trees without a name,
 * names fields without a name, so that the others keep their numbers, and drops unique indexes over values that are not
 * unique.
 */
public final class CatalogRepair {

    private static final String TREE_NAME = "salvaged-";
    private static final String FIELD_NAME = "salvaged-field-";

    private final CommitPipeline pipeline;
    private final List<RecordWrite> writes = new ArrayList<>();
    private final List<String> repairs = new ArrayList<>();

    private CatalogRepair(CommitPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Repairs the catalog of a store without indexes in memory.
     *
     * @param nowMillis the current time, since 1970-01-01 UTC: the values of documents that have expired need not be
     *     unique
     * @return what was done, in sentences
     */
    public static List<String> run(CommitPipeline pipeline, long nowMillis) {
        CatalogRepair repair = new CatalogRepair(pipeline);
        Catalog catalog = Catalog.read(pipeline.state(), repair::dropEntry);
        repair.dropMalformedFields();
        repair.commit();
        repair.nameTrees(catalog);
        for (CatalogEntry collection : catalog.all(Kind.COLLECTION)) {
            repair.nameFields(collection.name(), collection.treeId());
        }
        repair.commit();
        repair.dropViolatedIndexes(nowMillis);
        return repair.repairs;
    }

    private void dropEntry(byte[] key, CorruptStoreException reason) {
        drop(key);
        repairs.add("The entry of " + CatalogFormat.describe(key) + " was dropped: " + reason.getMessage());
    }

    private void dropMalformedFields() {
        StateView view = new StateView(pipeline.state());
        TreeCursor<RecordPointer> cursor =
                view.records(CatalogFormat.TREE_ID).cursor(TreeRange.prefix(CatalogFormat.allFieldsPrefix()));
        while (cursor.next()) {
            byte[] key = cursor.key();
            try {
                CatalogFormat.fieldId(key);
                CatalogFormat.decodeText(view.read(key, cursor.value()).value());
            } catch (MalformedBytesException e) {
                drop(key);
                repairs.add("The record of " + CatalogFormat.describe(key) + " was dropped: " + e.getMessage());
            }
        }
    }

    private void nameTrees(Catalog catalog) {
        StoreState state = pipeline.state();
        Set<Integer> named = new HashSet<>(Set.of(CatalogFormat.TREE_ID));
        int highest = CatalogFormat.TREE_ID;
        for (Kind kind : Kind.values()) {
            for (CatalogEntry entry : catalog.all(kind)) {
                named.add(entry.treeId());
                highest = Math.max(highest, entry.treeId());
                for (IndexEntry index : entry.indexes()) {
                    highest = Math.max(highest, index.treeId());
                }
            }
        }
        for (int treeId : state.records().ids()) {
            highest = Math.max(highest, treeId);
            if (named.add(treeId)) {
                Kind kind = fieldIds(treeId).isEmpty() ? Kind.KEYSPACE : Kind.COLLECTION;
                String name = freeName(catalog, kind, treeId);
                put(CatalogFormat.entryKey(kind, name), CatalogFormat.encodeEntry(treeId, List.of()));
                repairs.add("The name of a " + (kind == Kind.KEYSPACE ? "keyspace" : "collection")
                        + " is lost; it is called '" + name + "' now, and has no indexes");
                if (kind == Kind.COLLECTION) {
                    nameFields(name, treeId);
                }
            }
        }
        if (nextTree(state) <= highest) {
            put(CatalogFormat.NEXT_TREE_KEY, CatalogFormat.encodeTreeId((int)
                    Math.min(highest + 1L, Integer.MAX_VALUE)));
        }
    }

    private static String freeName(Catalog catalog, Kind kind, int treeId) {
        String name = TREE_NAME + treeId;
        while (catalog.find(kind, name) != null) {
            name += "-2";
        }
        return name;
    }

    private static int nextTree(StoreState state) {
        try {
            return new CatalogRecords(state).nextTreeId();
        } catch (CorruptStoreException e) {
            return 0;
        }
    }

    /** Names fields: every number that a document uses must have a name, and every lower one, too. */
    private void nameFields(String collection, int treeId) {
        List<Integer> ids = fieldIds(treeId);
        int count = Math.max(ids.isEmpty() ? 0 : ids.get(ids.size() - 1) + 1, fieldsUsed(collection, treeId));
        for (int id = 0; id < count; id++) {
            if (!ids.contains(id)) {
                String name = FIELD_NAME + id;
                put(CatalogFormat.fieldKey(treeId, id), name.getBytes(StandardCharsets.UTF_8));
                repairs.add("The name of a field of collection '" + collection + "' is lost; it is called '" + name
                        + "' now");
            }
        }
    }

    private int fieldsUsed(String collection, int treeId) {
        FieldCounter counter = new FieldCounter();
        StateView view = new StateView(pipeline.state());
        TreeCursor<RecordPointer> cursor = view.records(treeId).cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            StoredRecord record = view.read(key, cursor.value());
            try {
                DocumentId.decode(key);
                EncodedValue.document(record.value(), counter).toObject();
            } catch (MalformedDocumentException e) {
                RecordWrite delete = new RecordWrite(treeId, key, null, 0, true);
                writes.add(delete.replacing(record.expiry().millis()));
                repairs.add("Document '" + KeyNames.documentId(key) + "' of collection '" + collection
                        + "' was dropped, because it is malformed: " + e.getMessage());
            }
        }
        return counter.highest + 1;
    }

    private List<Integer> fieldIds(int treeId) {
        List<Integer> ids = new ArrayList<>();
        CountedTree<RecordPointer> tree = pipeline.state().records().get(CatalogFormat.TREE_ID);
        byte[] prefix = CatalogFormat.fieldKeyPrefix(treeId);
        TreeCursor<RecordPointer> cursor = tree.cursor(TreeRange.prefix(prefix));
        while (cursor.next()) {
            ids.add(CatalogFormat.fieldId(cursor.key()));
        }
        return ids;
    }

    private void drop(byte[] key) {
        writes.add(new RecordWrite(CatalogFormat.TREE_ID, key, null, 0, true));
    }

    private void put(byte[] key, byte[] value) {
        writes.add(new RecordWrite(CatalogFormat.TREE_ID, key, value, 0, true));
    }

    private void commit() {
        if (writes.isEmpty()) {
            return;
        }
        pipeline.commit(CommitRequest.ofWrites(pipeline.state(), List.copyOf(writes), true))
                .requireCommitted("The repaired catalog");
        writes.clear();
    }

    /** Drops violated indexes: two documents with the same value can only come from an older version of one of them. */
    private void dropViolatedIndexes(long nowMillis) {
        CatalogService catalog = new CatalogService(pipeline);
        boolean fits = false;
        while (!fits) {
            try {
                StoreState state = DueRecords.of(pipeline.state(), nowMillis, Long.MAX_VALUE)
                        .state();
                IndexBuilder.completeAll(state, null, catalog, (done, total) -> {});
                fits = true;
            } catch (UniqueIndexViolationException e) {
                catalog.dropIndex(e.collection(), e.index(), true);
                repairs.add("The unique index '" + e.index() + "' of collection '" + e.collection()
                        + "' was dropped, because an outdated document has a value that is not unique: "
                        + e.getMessage());
            }
        }
    }

    /** A dictionary with a name for every field, which remembers the requested ones. */
    private static final class FieldCounter implements FieldDictionary {

        private int highest = UNKNOWN;

        @Override
        public int idOf(String name) {
            return UNKNOWN;
        }

        @Override
        public int find(String name) {
            return UNKNOWN;
        }

        @Override
        public String nameOf(int id) {
            if (id < 0 || id >= StoredFieldDictionary.NAMES_MAX) {
                throw new MalformedDocumentException("Invalid field number " + id);
            }
            highest = Math.max(highest, id);
            return FIELD_NAME + id;
        }
    }
}
