package org.storedb.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.storedb.Store;
import org.storedb.query.SlowQuery;

/**
 * Actuator endpoint that shows the latest slow queries of a store with their plans, the newest first; see
 * {@link StoreEndpoint} for several stores.
 */
@Endpoint(id = "storeslowqueries")
public class StoreSlowQueriesEndpoint {

    private final NamedStores stores;

    /** Creates an endpoint for an application's only store. */
    public StoreSlowQueriesEndpoint(Store store) {
        this(NamedStores.only(store));
    }

    public StoreSlowQueriesEndpoint(NamedStores stores) {
        this.stores = stores;
    }

    @ReadOperation
    public SlowQueries slowQueries(@Nullable String store) {
        return new SlowQueries(
                stores.get(store).slowQueries().stream().map(Shown::of).toList());
    }

    /**
     * The latest slow queries.
     *
     * @param queries at most {@code store.slow-queries.kept} queries; none without {@code store.slow-queries.threshold}
     */
    public record SlowQueries(List<Shown> queries) {}

    /**
     * A slow query.
     *
     * @param at the time when it started
     * @param time the time that the store spent on it
     * @param finished whether it was completed
     * @param query the query
     * @param plan the plan, one line per step, with the estimated and the actual number of results
     */
    public record Shown(Instant at, Duration time, boolean finished, String query, List<String> plan) {

        static Shown of(SlowQuery query) {
            return new Shown(
                    query.at(),
                    query.time(),
                    query.finished(),
                    query.explanation().query(),
                    query.explanation().toString().lines().skip(1).toList());
        }
    }
}
