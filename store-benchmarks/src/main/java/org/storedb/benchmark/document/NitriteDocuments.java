package org.storedb.benchmark.document;

import static org.dizitart.no2.filters.FluentFilter.where;

import java.nio.file.Path;
import org.dizitart.no2.Nitrite;
import org.dizitart.no2.collection.Document;
import org.dizitart.no2.collection.NitriteCollection;
import org.dizitart.no2.index.IndexOptions;
import org.dizitart.no2.index.IndexType;
import org.dizitart.no2.mvstore.MVStoreModule;
import org.jspecify.annotations.Nullable;

/** A collection of Nitrite. Documents are converted by handwritten code, which is the fastest way in Nitrite. */
public final class NitriteDocuments implements DocumentEngine {

    private final Nitrite nitrite;
    private final NitriteCollection customers;

    public NitriteDocuments(Path directory) {
        MVStoreModule module = MVStoreModule.withConfig()
                .filePath(directory.resolve("store.nitrite").toString())
                .build();
        this.nitrite = Nitrite.builder().loadModule(module).openOrCreate();
        this.customers = nitrite.getCollection("customers");
        customers.createIndex(IndexOptions.indexOptions(IndexType.UNIQUE), "key");
        customers.createIndex(IndexOptions.indexOptions(IndexType.NON_UNIQUE), "city");
    }

    @Override
    public void insert(Customer customer) {
        Document document = Document.createDocument("key", customer.id())
                .put("email", customer.email())
                .put("firstName", customer.firstName())
                .put("lastName", customer.lastName())
                .put("city", customer.city())
                .put("age", customer.age())
                .put("balance", customer.balance())
                .put("active", customer.active())
                .put("createdAt", customer.createdAt())
                .put("remark", customer.remark());
        customers.insert(document);
    }

    @Override
    public @Nullable Customer get(String id) {
        Document found = customers.find(where("key").eq(id)).firstOrNull();
        return found == null
                ? null
                : new Customer(
                        id,
                        found.get("email", String.class),
                        found.get("firstName", String.class),
                        found.get("lastName", String.class),
                        found.get("city", String.class),
                        found.get("age", Integer.class),
                        found.get("balance", Double.class),
                        found.get("active", Boolean.class),
                        found.get("createdAt", String.class),
                        found.get("remark", String.class));
    }

    @Override
    public void close() {
        nitrite.close();
    }
}
