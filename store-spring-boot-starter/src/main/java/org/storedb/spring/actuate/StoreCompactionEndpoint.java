package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.Store;
import org.storedb.maintenance.CompactionStatus;

/**
 * Actuator endpoint that shows compactions of a store, starts one and cancels it; see {@link StoreEndpoint} for several
 * stores. On the web, the write operation requires the content type {@code application/json}, even with an empty body.
 */
@Endpoint(id = "storecompaction")
public class StoreCompactionEndpoint {

    private final NamedStores stores;

    /** Creates an endpoint for an application's only store. */
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

    /** Starts a compaction, or joins one as {@link Store#compact()} does, without waiting for it. */
    @WriteOperation
    public StartedCompaction start(@Nullable String store) {
        Store compacted = stores.getWritable(store, "compacted");
        boolean joined = compacted.compactionStatus().running();
        boolean done = compacted.compact().isDone();
        return new StartedCompaction(!joined, done, compacted.compactionStatus());
    }

    /** Makes a running compaction stop soon; the work it has finished is kept. */
    @DeleteOperation
    public CancelledCompaction cancel(@Nullable String store) {
        Store compacted = stores.get(store);
        return new CancelledCompaction(compacted.cancelCompaction(), compacted.compactionStatus());
    }

    /**
     * The result of cancelling a compaction.
     *
     * @param cancelled whether there was a compaction to cancel
     * @param status the state right after the call
     */
    public record CancelledCompaction(boolean cancelled, CompactionStatus status) {}

    /**
     * The result of starting a compaction.
     *
     * @param started whether a compaction was started, and none was already running
     * @param done whether it has already ended, because there was little to do
     * @param status the state right after the call
     */
    public record StartedCompaction(boolean started, boolean done, CompactionStatus status) {}
}
