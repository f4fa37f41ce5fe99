package org.storedb.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.Store;
import org.storedb.error.StoreClosedException;
import org.storedb.maintenance.VerificationReport;

/**
 * Actuator endpoint that shows the latest verification of a whole store and starts one; see {@link StoreEndpoint} for
 * several stores. On the web, the write operation requires the content type {@code application/json}, even with an
 * empty body.
 */
@Endpoint(id = "storeverification")
public class StoreVerificationEndpoint implements DisposableBean {

    private final NamedStores stores;
    private final BackgroundOperations<VerificationReport> verifications =
            new BackgroundOperations<>("store-verification-");

    /** Creates an endpoint for an application's only store. */
    public StoreVerificationEndpoint(Store store) {
        this(NamedStores.only(store));
    }

    public StoreVerificationEndpoint(NamedStores stores) {
        this.stores = stores;
    }

    @ReadOperation
    public OperationStatus<VerificationReport> status(@Nullable String store) {
        return verifications.of(stores.get(store)).status();
    }

    /** Starts a verification without waiting for it; one that is already running continues instead. */
    @WriteOperation
    public StartedVerification start(@Nullable String store) {
        Store verified = stores.get(store);
        if (!verified.isOpen()) {
            throw new StoreClosedException("The store is closed; it cannot be verified");
        }
        boolean started = verifications.of(verified).start(verified::verify);
        return new StartedVerification(started, status(store));
    }

    @Override
    public void destroy() {
        verifications.close();
    }

    /**
     * The result of starting a verification.
     *
     * @param started whether a verification was started, and none was already running
     * @param status the state right after the call
     */
    public record StartedVerification(boolean started, OperationStatus<VerificationReport> status) {}
}
