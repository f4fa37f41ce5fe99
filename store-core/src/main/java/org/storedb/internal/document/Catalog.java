package org.storedb.internal.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoreState;

/** The keyspaces and collections of one state. Immutable. */
public final class Catalog {

    private final CountedTree<RecordPointer> tree;
    private final Map<String, CatalogEntry> keyspaces;
    private final Map<String, CatalogEntry> collections;
    private final Map<Integer, ExpiryRule> expiryRules;

    private Catalog(
            CountedTree<RecordPointer> tree,
            Map<String, CatalogEntry> keyspaces,
            Map<String, CatalogEntry> collections,
            Map<Integer, ExpiryRule> expiryRules) {
        this.tree = tree;
        this.keyspaces = keyspaces;
        this.collections = collections;
        this.expiryRules = expiryRules;
    }

    /**
     * Returns the catalog of a state.
     *
     * @throws CorruptStoreException if one of its records is damaged or malformed
     */
    static Catalog read(StoreState state) {
        return read(state, (key, reason) -> {
            throw reason;
        });
    }

    /** Returns the catalog of a state; {@code rejections} decides about malformed entries. */
    static Catalog read(StoreState state, CatalogRecords.Rejections rejections) {
        CatalogRecords records = new CatalogRecords(state);
        return new Catalog(
                state.records().get(CatalogFormat.TREE_ID),
                byName(records.entries(Kind.KEYSPACE, rejections)),
                byName(records.entries(Kind.COLLECTION, rejections)),
                records.expiryRules(rejections));
    }

    /**
     * Reads everything that a store needs from its catalog in order to open.
     *
     * @throws CorruptStoreException if one of its records is damaged or malformed
     */
    public static void requireReadable(StoreState state) {
        CatalogRecords records = new CatalogRecords(state);
        for (CatalogEntry collection : read(state).all(Kind.COLLECTION)) {
            records.fieldNames(collection.treeId(), 0);
        }
        records.nextTreeId();
    }

    private static Map<String, CatalogEntry> byName(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> byName = new LinkedHashMap<>(); // By key, and therefore by name.
        for (CatalogEntry entry : entries) {
            byName.put(entry.name(), entry);
        }
        return Collections.unmodifiableMap(byName);
    }

    /** Returns whether this is also the catalog of {@code state}. */
    boolean isOf(StoreState state) {
        return tree == state.records().get(CatalogFormat.TREE_ID);
    }

    public @Nullable CatalogEntry find(Kind kind, String name) {
        return (kind == Kind.KEYSPACE ? keyspaces : collections).get(name);
    }

    /** Returns when the documents of a tree expire. */
    public ExpiryRule expiryRule(int treeId) {
        return expiryRules.getOrDefault(treeId, ExpiryRule.NONE);
    }

    /** Returns all entries of a kind, by name. */
    public Collection<CatalogEntry> all(Kind kind) {
        return (kind == Kind.KEYSPACE ? keyspaces : collections).values();
    }

    /** Returns the name of a tree of records or index entries, for messages. */
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
