package org.storedb.internal.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.FieldDictionary;

/** The shapes of a store's collections as its readers saw them last. Safe for use by many threads. */
public final class CollectionShapes {

    private final Map<Integer, CollectionShape> latest = new ConcurrentHashMap<>(); // By the id of the records' tree.

    /** The shape of the collection that is as this entry says. */
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
