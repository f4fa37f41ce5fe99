package org.storedb.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * Which rows of a view to read. Rows are ordered by key, and those with the same key by document id. Immutable; each
 * method returns a changed copy.
 *
 * <pre>{@code
 * ViewQuery.range("a", "b").excludingEnd().descending().limit(20).withDocuments();
 * }</pre>
 *
 * @param from the smallest key, or {@code null} if unbounded
 * @param to the greatest key, or {@code null} if unbounded
 * @param isDescending whether the greatest key comes first; bounds are the same either way
 * @param startIndex how many of the rows within the bounds to skip at the start, which costs the same for any number
 * @param limit maximum number of rows
 * @param readsDocuments whether to read the documents as well
 */
public record ViewQuery(
        @Nullable Bound from,
        @Nullable Bound to,
        boolean isDescending,
        long startIndex,
        long limit,
        boolean readsDocuments) {

    private static final ViewQuery ALL = new ViewQuery(null, null, false, 0, Long.MAX_VALUE, false);

    public ViewQuery {
        if (startIndex < 0) {
            throw new InvalidQueryException("startIndex must not be negative, but is " + startIndex);
        }
        if (limit < 0) {
            throw new InvalidQueryException("limit must not be negative, but is " + limit);
        }
    }

    /** Returns a query for all rows. */
    public static ViewQuery all() {
        return ALL;
    }

    /** Returns a query for the rows with this key. */
    public static ViewQuery key(@Nullable Object key) {
        return range(key, key);
    }

    /** Returns a query for the rows whose keys are between two, both included. */
    public static ViewQuery range(@Nullable Object from, @Nullable Object to) {
        return new ViewQuery(Bound.at(from), Bound.at(to), false, 0, Long.MAX_VALUE, false);
    }

    /** Returns a query for the rows whose keys are not less than the given one. */
    public static ViewQuery from(@Nullable Object from) {
        return new ViewQuery(Bound.at(from), null, false, 0, Long.MAX_VALUE, false);
    }

    /** Returns a query for the rows whose keys are not greater than the given one. */
    public static ViewQuery upTo(@Nullable Object to) {
        return new ViewQuery(null, Bound.at(to), false, 0, Long.MAX_VALUE, false);
    }

    /** Returns a query for the rows whose keys are lists that begin with these elements. */
    public static ViewQuery startingWith(List<? extends @Nullable Object> elements) {
        return new ViewQuery(Bound.prefix(elements), Bound.prefix(elements), false, 0, Long.MAX_VALUE, false);
    }

    /** Returns a query for the rows whose keys are strings that begin with this one. */
    public static ViewQuery startingWith(String text) {
        return new ViewQuery(Bound.prefix(text), Bound.prefix(text), false, 0, Long.MAX_VALUE, false);
    }

    /** Excludes the rows whose key is the lower bound. */
    public ViewQuery excludingStart() {
        return new ViewQuery(exclusive(from, "smallest"), to, isDescending, startIndex, limit, readsDocuments);
    }

    /** Excludes the rows whose key is the upper bound. */
    public ViewQuery excludingEnd() {
        return new ViewQuery(from, exclusive(to, "greatest"), isDescending, startIndex, limit, readsDocuments);
    }

    private static Bound exclusive(@Nullable Bound bound, String which) {
        if (bound == null) {
            throw new InvalidQueryException("The query has no " + which + " key that could be excluded");
        }
        return new Bound(bound.key(), bound.isPrefix(), false);
    }

    /** Reverses the order, so that the greatest key comes first. */
    public ViewQuery descending() {
        return new ViewQuery(from, to, true, startIndex, limit, readsDocuments);
    }

    public ViewQuery startIndex(long newStartIndex) {
        return new ViewQuery(from, to, isDescending, newStartIndex, limit, readsDocuments);
    }

    public ViewQuery limit(long newLimit) {
        return new ViewQuery(from, to, isDescending, startIndex, newLimit, readsDocuments);
    }

    /** Includes the document of each row, as of the same moment. */
    public ViewQuery withDocuments() {
        return new ViewQuery(from, to, isDescending, startIndex, limit, true);
    }

    /**
     * A bound of a range.
     *
     * @param isPrefix whether it stands for all strings or lists that begin with {@code key}
     * @param inclusive whether the key itself, or all of these, belongs to the range
     */
    public record Bound(@Nullable Object key, boolean isPrefix, boolean inclusive) {

        static Bound at(@Nullable Object key) {
            return new Bound(key, false, true);
        }

        static Bound prefix(Object key) {
            return new Bound(key, true, true);
        }
    }
}
