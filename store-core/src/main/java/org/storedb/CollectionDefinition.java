package org.storedb;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.maintenance.OperationMonitor;

/** The catalog's definition of one collection, as a session sees and changes it. */
final class CollectionDefinition {

    private final Session session;
    private final String name;

    CollectionDefinition(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    void createIndex(IndexDefinition definition, OperationMonitor monitor) {
        Names.require("index", definition.name());
        Engine engine = writable();
        engine.catalog()
                .createIndex(
                        engine::state,
                        name,
                        definition,
                        engine.options().keyBytesMax(),
                        engine.isDurable(null),
                        new IndexBuildProgress(definition.name(), monitor, engine));
    }

    boolean dropIndex(String indexName) {
        Engine engine = writable();
        return engine.catalog().dropIndex(name, indexName, engine.isDurable(null));
    }

    List<IndexDefinition> indexes() {
        CatalogEntry entry = entry();
        return entry == null
                ? List.of()
                : entry.indexes().stream().map(IndexEntry::definition).toList();
    }

    void setExpiryPolicy(ExpiryPolicy policy) {
        Engine engine = writable();
        engine.catalog().setExpiryRule(name, policy.rule(), engine.isDurable(null));
    }

    ExpiryPolicy expiryPolicy() {
        CatalogEntry entry = entry();
        return entry == null
                ? ExpiryPolicy.none()
                : ExpiryPolicy.of(session.engine().catalog().expiryRule(entry.treeId()));
    }

    private Engine writable() {
        session.requireWritable();
        return session.engine();
    }

    private @Nullable CatalogEntry entry() {
        return session.findEntry(session.view(), Kind.COLLECTION, name);
    }
}
