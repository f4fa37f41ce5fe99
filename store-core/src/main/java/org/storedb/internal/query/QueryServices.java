package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.transaction.ScanCache;
import org.storedb.query.SlowQuery;

/**
 * The services that the queries of a store share.
 *
 * @param slowQueries watches the queries, or {@code null} if not requested
 * @param results caches their results, or {@code null} if nothing is cached
 * @param scans keeps what is scanned repeatedly
 * @param shapes the shapes of the collections
 */
public record QueryServices(
        @Nullable SlowQueryLog slowQueries, @Nullable ResultCache results, ScanCache scans, CollectionShapes shapes) {

    static final QueryServices NONE = new QueryServices(null, null, ScanCache.NONE, new CollectionShapes());

    /** Returns the latest slow queries, newest first. */
    public List<SlowQuery> latestSlowQueries() {
        return slowQueries == null ? List.of() : slowQueries.latest();
    }
}
