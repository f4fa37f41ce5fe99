package org.storedb.spring.actuate;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.Store;
import org.storedb.error.StoreClosedException;
import org.storedb.maintenance.VerificationReport;

/**
 * Actuator endpoint that shows the latest verification of the whole store and starts one. On the web, the write operation
 * wants the content type {@code application/json}, also with an empty body.
 */
@Endpoint(id = "storeverification")
public class StoreVerificationEndpoint implements DisposableBean {

    private final Store store;
    private final BackgroundOperation<VerificationReport> verification =
            new BackgroundOperation<>("store-verification-");

    public StoreVerificationEndpoint(Store store) {
        this.store = store;
    }

    @ReadOperation
    public OperationStatus<VerificationReport> status() {
        return verification.status();
    }

    /** Starts a verification and does not wait for it; one that is running already goes on instead. */
    @WriteOperation
    public StartedVerification start() {
        if (!store.isOpen()) {
            throw new StoreClosedException("The store is closed; it cannot be verified");
        }
        boolean started = verification.start(store::verify);
        return new StartedVerification(started, verification.status());
    }

    @Override
    public void destroy() {
        verification.close();
    }

    /**
     * What a call started.
     *
     * @param started whether it started a verification, and did not meet one that was running
     * @param status the state right after the call
     */
    public record StartedVerification(boolean started, OperationStatus<VerificationReport> status) {}
}
