package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.CompactionStatus;
import org.storedb.Store;

/**
 * Actuator endpoint that shows compactions of a store, starts one and cancels it; see {@link StoreEndpoint} for several
 * stores. On the web, the write operation wants the content type
 * {@code application/json}, also with an empty body.
 */
@Endpoint(id = "storecompaction")
public class StoreCompactionEndpoint {

    private final NamedStores stores;

    /** An endpoint for an application's only store. */
    public StoreCompactionEndpoint(Store store) {
        this(NamedStores.only(store));
    }

    public StoreCompactionEndpoint(NamedStores stores) {
        this.stores = stores;
    }

    @ReadOperation
    public CompactionStatus status(@Nullable String store) {
        return stores.get(store).compactionStatus();
    }

    /** Starts a compaction and does not wait for it; one that is running already goes on instead. */
    @WriteOperation
    public StartedCompaction start(@Nullable String store) {
        Store compacted = stores.get(store);
        boolean joined = compacted.compactionStatus().running();
        boolean done = compacted.compact().isDone();
        return new StartedCompaction(!joined, done, compacted.compactionStatus());
    }

    /** Lets a running compaction stop soon; what it has finished stays done. */
    @DeleteOperation
    public CancelledCompaction cancel(@Nullable String store) {
        Store compacted = stores.get(store);
        return new CancelledCompaction(compacted.cancelCompaction(), compacted.compactionStatus());
    }

    /**
     * What a call stopped.
     *
     * @param cancelled whether there was a compaction to be cancelled
     * @param status the state right after the call
     */
    public record CancelledCompaction(boolean cancelled, CompactionStatus status) {}

    /**
     * What a call started.
     *
     * @param started whether it started a compaction, and did not meet one that was running
     * @param done whether that is over already, because there was little to do
     * @param status the state right after the call
     */
    public record StartedCompaction(boolean started, boolean done, CompactionStatus status) {}
}
