package org.storedb;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.FieldDictionary;

/**
 * The engines of a store's collections, shared by its sessions: each is replaced only when the catalog entry of its
 * collection changes. Safe for use by many threads.
 */
final class CollectionEngines {

    private final CatalogService catalog;
    private final StoreOptions options;
    private final Map<Integer, CollectionEngine> latest = new ConcurrentHashMap<>();

    CollectionEngines(CatalogService catalog, StoreOptions options) {
        this.catalog = catalog;
        this.options = options;
    }

    /** Returns the engine of the collection that this entry describes. */
    CollectionEngine of(CatalogEntry entry) {
        CollectionEngine known = latest.get(entry.treeId());
        FieldDictionary dictionary = catalog.dictionary(entry);
        if (known != null && known.entry().sequence() == entry.sequence() && known.dictionary() == dictionary) {
            return known;
        }
        CollectionEngine made =
                new CollectionEngine(entry, dictionary, options.keyBytesMax(), options.documentBounds());
        latest.put(entry.treeId(), made);
        return made;
    }
}
