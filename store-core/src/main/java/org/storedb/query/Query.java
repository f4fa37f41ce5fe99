package org.storedb.query;

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
 */
public record Query(Filter filter, Sort sort, long offset, long limit) {

    private static final Query ALL = new Query(Filter.all(), Sort.unsorted(), 0, Long.MAX_VALUE);

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
        return new Query(filter, newSort, offset, limit);
    }

    public Query offset(long newOffset) {
        return new Query(filter, sort, newOffset, limit);
    }

    public Query limit(long newLimit) {
        return new Query(filter, sort, offset, newLimit);
    }
}
