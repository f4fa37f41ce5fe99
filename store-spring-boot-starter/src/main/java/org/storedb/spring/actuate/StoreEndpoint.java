package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;

/**
 * Actuator endpoint that shows the statistics of a store, or of one of its collections. With several stores, the name
 * of its bean selects one: {@code ?store=archiveStore}; without a name, the default store is used.
 */
@Endpoint(id = "store")
public class StoreEndpoint {

    private final NamedStores stores;

    /** Creates an endpoint for an application's only store. */
    public StoreEndpoint(Store store) {
        this(NamedStores.only(store));
    }

    public StoreEndpoint(NamedStores stores) {
        this.stores = stores;
    }

    /**
     * Returns the statistics of a store.
     *
     * @param store the name of the store's bean, or {@code null} for the default store
     */
    @ReadOperation
    public StoreStats stats(@Nullable String store) {
        return stores.get(store).stats();
    }

    /**
     * Returns the statistics of one collection; {@code null}, which is a 404 on the web, if there is none with this
     * name.
     */
    @ReadOperation
    public @Nullable CollectionStats collection(@Selector String collection, @Nullable String store) {
        return stores.get(store).stats().collections().stream()
                .filter(stats -> stats.name().equals(collection))
                .findFirst()
                .orElse(null);
    }
}
