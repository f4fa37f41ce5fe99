package org.storedb.internal.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.FieldDictionary;

/** The shapes of a store's collections as its readers last saw them. Safe for use by many threads. */
public final class CollectionShapes {

    private final Map<Integer, CollectionShape> latest = new ConcurrentHashMap<>(); // By the id of the records' tree.

    /** Returns the shape of the collection with this entry. */
    public CollectionShape of(CatalogEntry entry, FieldDictionary dictionary) {
        CollectionShape known = latest.get(entry.treeId());
        if (known != null && known.isOf(entry, dictionary)) {
            return known;
        }
        CollectionShape made = new CollectionShape(entry, dictionary);
        latest.put(entry.treeId(), made);
        return made;
    }
}
