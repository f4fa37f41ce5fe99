package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;

/**
 * Actuator endpoint that shows the figures of a store, or of one of its collections. Where there are several stores, the name of
 * the bean says which one is meant: {@code ?store=archiveStore}; without it the first one is.
 */
@Endpoint(id = "store")
public class StoreEndpoint {

    private final NamedStores stores;

    /** An endpoint for an application's only store. */
    public StoreEndpoint(Store store) {
        this(NamedStores.only(store));
    }

    public StoreEndpoint(NamedStores stores) {
        this.stores = stores;
    }

    /**
     * The figures of a store.
     *
     * @param store the name of its bean, or {@code null} for the first one
     */
    @ReadOperation
    public StoreStats stats(@Nullable String store) {
        return stores.get(store).stats();
    }

    /** The figures of one collection; {@code null}, which is a 404 on the web, if there is none of this name. */
    @ReadOperation
    public @Nullable CollectionStats collection(@Selector String collection, @Nullable String store) {
        return stores.get(store).stats().collections().stream()
                .filter(stats -> stats.name().equals(collection))
                .findFirst()
                .orElse(null);
    }
}
