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
 * Actuator endpoint that shows the latest slow queries of a store with their plans, the newest first; see {@link StoreEndpoint} for
 * several stores.
 */
@Endpoint(id = "storeslowqueries")
public class StoreSlowQueriesEndpoint {

    private final NamedStores stores;

    /** An endpoint for an application's only store. */
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
     * @param queries as many as {@code store.slow-queries.kept} says; none without {@code store.slow-queries.threshold}
     */
    public record SlowQueries(List<Shown> queries) {}

    /**
     * A slow query.
     *
     * @param at when it began
     * @param time how long the store worked on it
     * @param finished whether it came to its end
     * @param query what was asked
     * @param plan how it was answered, and what each step was thought to give and gave, a line each
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
