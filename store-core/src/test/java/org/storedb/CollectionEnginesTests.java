package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.query.Filter;
import org.storedb.query.Query;

class CollectionEnginesTests {

    private final LocalStore store = (LocalStore) Store.openInMemory();
    private final CollectionEngines engines = store.engine().collections();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void engineIsMadeOnceForAllSessions() {
        store.collection("cities").insert(Map.of("id", "a"));
        CollectionEngine engine = engineOf("cities");
        store.inTransaction(transaction -> transaction.collection("cities").insert(Map.of("id", "b")));
        store.collection("cities").insert(Map.of("id", "c"));
        assertThat(engineOf("cities")).isSameAs(engine);
        assertThat(engine.dictionary()).isSameAs(store.engine().catalog().dictionary(engine.entry()));
    }

    @Test
    void engineIsMadeAnewWhenTheCatalogChanges() {
        store.collection("cities").insert(Map.of("id", "a", "name", "Aachen"));
        CollectionEngine before = engineOf("cities");
        store.collection("cities").createIndex(IndexDefinition.on("name"));
        CollectionEngine after = engineOf("cities");
        assertThat(after).isNotSameAs(before);
        assertThat(after.entry().indexes()).hasSize(1);
        store.collection("cities").insert(Map.of("id", "b", "name", "Bonn"));
        assertThat(store.collection("cities").count(Query.where(Filter.eq("name", "Bonn"))))
                .isOne();
    }

    @Test
    void transactionOfBeforeAnIndexHasTheEngineOfItsOwnTime() {
        store.collection("cities").insert(Map.of("id", "a", "name", "Aachen"));
        CatalogEntry old = entryOf("cities");
        store.collection("cities").createIndex(IndexDefinition.on("name"));
        CollectionEngine current = engineOf("cities");
        assertThat(engines.of(old).entry()).isSameAs(old);
        assertThat(engines.of(old)).isNotSameAs(current);
        assertThat(engineOf("cities").entry().indexes()).hasSize(1);
    }

    @Test
    void eachCollectionHasItsOwn() {
        store.collection("cities").insert(Map.of("id", "a"));
        store.collection("rivers").insert(Map.of("id", "a"));
        assertThat(engineOf("cities")).isNotSameAs(engineOf("rivers"));
        assertThat(engineOf("cities").dictionary())
                .isNotSameAs(engineOf("rivers").dictionary());
    }

    private CollectionEngine engineOf(String collection) {
        return engines.of(entryOf(collection));
    }

    private CatalogEntry entryOf(String collection) {
        CatalogService catalog = store.engine().catalog();
        return Objects.requireNonNull(catalog.find(store.engine().state(), Kind.COLLECTION, collection));
    }
}
