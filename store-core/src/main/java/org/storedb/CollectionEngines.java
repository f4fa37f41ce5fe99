package org.storedb;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.TreeView;

/** The engine of one collection, made anew only when the catalog says something else of it. Safe for use by many threads. */
final class CollectionEngines {

    private final Session session;
    private final String name;
    private volatile @Nullable CollectionEngine last;

    CollectionEngines(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    /** {@code null} for a collection that was never written. */
    @Nullable
    CollectionEngine forReading(TreeView view) {
        CatalogEntry entry = session.findEntry(view, Kind.COLLECTION, name);
        return entry == null ? null : of(entry);
    }

    CollectionEngine forWriting(ActiveTransaction transaction) {
        return of(session.engine().catalog().findOrCreate(transaction.base(), Kind.COLLECTION, name));
    }

    private CollectionEngine of(CatalogEntry entry) {
        CollectionEngine known = last;
        if (known == null || known.entry().sequence() != entry.sequence()) {
            known = new CollectionEngine(
                    entry,
                    session.engine().catalog().dictionary(entry),
                    session.engine().options().keyBytesMax());
            last = known;
        }
        return known;
    }
}
