package org.storedb.spring.actuate;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.CompactionStatus;
import org.storedb.Store;

/**
 * Actuator endpoint that shows compactions, starts one and cancels it. On the web, the write operation wants the content type
 * {@code application/json}, also with an empty body.
 */
@Endpoint(id = "storecompaction")
public class StoreCompactionEndpoint {

    private final Store store;

    public StoreCompactionEndpoint(Store store) {
        this.store = store;
    }

    @ReadOperation
    public CompactionStatus status() {
        return store.compactionStatus();
    }

    /** Starts a compaction and does not wait for it; one that is running already goes on instead. */
    @WriteOperation
    public StartedCompaction start() {
        boolean joined = store.compactionStatus().running();
        boolean done = store.compact().isDone();
        return new StartedCompaction(!joined, done, store.compactionStatus());
    }

    /** Lets a running compaction stop soon; what it has finished stays done. */
    @DeleteOperation
    public CancelledCompaction cancel() {
        return new CancelledCompaction(store.cancelCompaction(), store.compactionStatus());
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
