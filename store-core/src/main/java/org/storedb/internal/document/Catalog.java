package org.storedb.internal.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/** The keyspaces and collections of one state. Immutable. */
public final class Catalog {

    private final CountedTree<RecordPointer> tree;
    private final Map<String, CatalogEntry> keyspaces;
    private final Map<String, CatalogEntry> collections;

    private Catalog(
            CountedTree<RecordPointer> tree,
            Map<String, CatalogEntry> keyspaces,
            Map<String, CatalogEntry> collections) {
        this.tree = tree;
        this.keyspaces = keyspaces;
        this.collections = collections;
    }

    static Catalog read(StoreState state) {
        return new Catalog(
                state.records().get(CatalogFormat.TREE_ID),
                readAll(state, Kind.KEYSPACE),
                readAll(state, Kind.COLLECTION));
    }

    private static Map<String, CatalogEntry> readAll(StoreState state, Kind kind) {
        StateView view = new StateView(state);
        Map<String, CatalogEntry> entries = new LinkedHashMap<>(); // By key, and so by name.
        TreeCursor<RecordPointer> cursor =
                view.records(CatalogFormat.TREE_ID).cursor(TreeRange.prefix(CatalogFormat.kindPrefix(kind)));
        while (cursor.next()) {
            byte[] key = cursor.key();
            RecordPointer pointer = cursor.value();
            byte[] value = view.read(key, pointer).value();
            CatalogEntry entry = CatalogFormat.decodeEntry(kind, key, value, pointer.sequence());
            entries.put(entry.name(), entry);
        }
        return Collections.unmodifiableMap(entries);
    }

    /** Whether this is the catalog of {@code state}, too. */
    boolean isOf(StoreState state) {
        return tree == state.records().get(CatalogFormat.TREE_ID);
    }

    public @Nullable CatalogEntry find(Kind kind, String name) {
        return (kind == Kind.KEYSPACE ? keyspaces : collections).get(name);
    }

    /** All entries of a kind, by name. */
    public Collection<CatalogEntry> all(Kind kind) {
        return (kind == Kind.KEYSPACE ? keyspaces : collections).values();
    }

    /** What to call a tree of records or of index entries in messages. */
    public String nameOf(int treeId) {
        for (CatalogEntry keyspace : keyspaces.values()) {
            if (keyspace.treeId() == treeId) {
                return "keyspace '" + keyspace.name() + "'";
            }
        }
        for (CatalogEntry collection : collections.values()) {
            boolean inIndex = collection.indexes().stream().anyMatch(index -> index.treeId() == treeId);
            if (collection.treeId() == treeId || inIndex) {
                return "collection '" + collection.name() + "'";
            }
        }
        return "the catalog";
    }
}
