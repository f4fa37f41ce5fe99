package org.storedb.benchmark.document;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.index.IndexDefinition;

/** A collection of StoreDB. */
public final class StoreDbDocuments implements DocumentEngine {

    private final Store store;
    private final DocumentCollection<Customer> customers;

    public StoreDbDocuments(Path directory) {
        this.store = Store.open(directory, StoreOptions.defaults().withDurability(Durability.OS));
        this.customers = store.collection("customers", Customer.class);
        customers.createIndex(IndexDefinition.on("city"));
    }

    @Override
    public void insert(Customer customer) {
        Customer unused = customers.insert(customer);
    }

    @Override
    public @Nullable Customer get(String id) {
        return customers.get(id).orElse(null);
    }

    @Override
    public void close() {
        store.close();
    }
}
