package org.storedb.query;

import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * Which documents to find, in which order, and how many. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Query.where(Filter.eq("country", "JP").and(Filter.gte("population", 1_000_000)))
 *         .sort(Sort.by("population").descending())
 *         .limit(20);
 * }</pre>
 *
 * @param filter which documents match
 * @param sort the order; unsorted means by id
 * @param offset how many matches to skip at the start, at least 0
 * @param limit maximum number of documents, at least 0; {@link Long#MAX_VALUE} means all
 * @param continuation the position after which the result begins, or before which it ends; {@code null} for everything
 * @param backward whether the result ends before that position: then offset and limit count from its end; never true
 *     without a position
 */
public record Query(
        Filter filter,
        Sort sort,
        long offset,
        long limit,
        @Nullable Continuation continuation,
        boolean backward) {

    private static final Query ALL = new Query(Filter.all(), Sort.unsorted(), 0, Long.MAX_VALUE);

    /** Creates a query without a continuation. */
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
        backward &= continuation != null;
    }

    /** Returns a query for all documents, by id. */
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
     * Limits the result to what comes after a position in the order, at the same cost however far that is. The sort
     * must be the one that the position was taken from.
     */
    public Query after(Continuation position) {
        return new Query(filter, sort, offset, limit, position, false);
    }

    /**
     * Limits the result to what comes before a position in the order: with a limit, the last documents before it. They
     * are returned in the query's order, so they are collected in memory first.
     */
    public Query before(Continuation position) {
        return new Query(filter, sort, offset, limit, position, true);
    }
}
