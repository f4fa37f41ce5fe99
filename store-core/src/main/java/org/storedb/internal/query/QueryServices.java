package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.SlowQuery;

/**
 * What the queries of a store share.
 *
 * @param slowQueries what watches them, or {@code null} if nobody asks
 * @param results what is known of their results, or {@code null} if nothing is to be kept
 * @param shapes what is known of collections
 */
public record QueryServices(
        @Nullable SlowQueryLog slowQueries, @Nullable ResultCache results, CollectionShapes shapes) {

    static final QueryServices NONE = new QueryServices(null, null, new CollectionShapes());

    /** The latest slow queries, the newest first. */
    public List<SlowQuery> latestSlowQueries() {
        return slowQueries == null ? List.of() : slowQueries.latest();
    }
}
