package org.storedb.query;

import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * What to find, in which order, and how many of it. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Query.where(Filter.eq("country", "JP").and(Filter.gte("population", 1_000_000)))
 *         .sort(Sort.by("population").descending())
 *         .limit(20);
 * }</pre>
 *
 * @param filter what matches
 * @param sort the order; unsorted means by id
 * @param offset how many of the matches to leave out at the start, at least 0
 * @param limit how many at the most, at least 0; {@link Long#MAX_VALUE} means all
 * @param continuation the place that the result begins behind, or ends before; {@code null} for everything
 * @param backward whether it ends before that place: then offset and limit count from its end
 */
public record Query(
        Filter filter,
        Sort sort,
        long offset,
        long limit,
        @Nullable Continuation continuation,
        boolean backward) {

    private static final Query ALL = new Query(Filter.all(), Sort.unsorted(), 0, Long.MAX_VALUE);

    /** A query from the start. */
    public Query(Filter filter, Sort sort, long offset, long limit) {
        this(filter, sort, offset, limit, null, false);
    }

    public Query {
        if (offset < 0) {
            throw new InvalidQueryException("offset must not be negative, but is " + offset);
        }
        if (limit < 0) {
            throw new InvalidQueryException("limit must not be negative, but is " + limit);
        }
    }

    /** Everything, by id. */
    public static Query all() {
        return ALL;
    }

    public static Query where(Filter filter) {
        return new Query(filter, Sort.unsorted(), 0, Long.MAX_VALUE);
    }

    public Query sort(Sort newSort) {
        return new Query(filter, newSort, offset, limit, continuation, backward);
    }

    public Query offset(long newOffset) {
        return new Query(filter, sort, newOffset, limit, continuation, backward);
    }

    public Query limit(long newLimit) {
        return new Query(filter, sort, offset, newLimit, continuation, backward);
    }

    /**
     * Only what comes behind a place in the order, which costs the same however far it is. The sort must be the one that
     * the place is of.
     */
    public Query after(Continuation place) {
        return new Query(filter, sort, offset, limit, place, false);
    }

    /**
     * Only what comes before a place in the order: with a limit, the last ones before it. They come in the query's order,
     * so they are collected in memory first.
     */
    public Query before(Continuation place) {
        return new Query(filter, sort, offset, limit, place, true);
    }
}
