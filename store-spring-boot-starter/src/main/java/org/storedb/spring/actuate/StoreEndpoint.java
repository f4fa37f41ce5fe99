package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;

/** Actuator endpoint that shows the figures of the store, or of one collection. */
@Endpoint(id = "store")
public class StoreEndpoint {

    private final Store store;

    public StoreEndpoint(Store store) {
        this.store = store;
    }

    @ReadOperation
    public StoreStats stats() {
        return store.stats();
    }

    /** The figures of one collection; {@code null}, which is a 404 on the web, if there is none of this name. */
    @ReadOperation
    public @Nullable CollectionStats collection(@Selector String collection) {
        return store.stats().collections().stream()
                .filter(stats -> stats.name().equals(collection))
                .findFirst()
                .orElse(null);
    }
}
