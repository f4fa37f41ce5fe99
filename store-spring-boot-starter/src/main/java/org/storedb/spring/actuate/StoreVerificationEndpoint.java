package org.storedb.spring.actuate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

    private static final Log LOGGER = LogFactory.getLog(StoreVerificationEndpoint.class);
    private static final int PROBLEMS_LOGGED = 20;

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
        Store verified = stores.getWritable(store, "verified");
        if (!verified.isOpen()) {
            throw new StoreClosedException("The store is closed; it cannot be verified");
        }
        String name = stores.orDefault(store);
        boolean started = verifications.of(verified).start(monitor -> logged(name, verified.verify(monitor)));
        return new StartedVerification(started, status(store));
    }

    private static VerificationReport logged(String store, VerificationReport report) {
        if (report.isSound()) {
            LOGGER.info("The verification of '%s' has found no problems in %d records and %d bytes"
                    .formatted(store, report.records(), report.bytes()));
        } else {
            LOGGER.error("The verification of '%s' has found %d problems".formatted(store, report.problemCount()));
            report.problems().stream().limit(PROBLEMS_LOGGED).forEach(problem -> LOGGER.error(problem.description()));
        }
        return report;
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
