package org.storedb.index;

import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Filter.StringOperator;

/** The filters that a partial index can have: conditions whose meaning can never change for stored entries. */
final class IndexFilters {

    private static final int NESTING_MAX = 32;

    private IndexFilters() {}

    /**
     * Checks that an index can have a filter.
     *
     * @throws IllegalArgumentException if it has a condition that is not allowed, or is nested too deeply
     */
    static void require(Filter filter) {
        require(filter, 1);
    }

    private static void require(@Nullable Filter filter, int depth) {
        if (filter == null) {
            throw new IllegalArgumentException("The filter of an index must not contain null");
        }
        if (depth > NESTING_MAX) {
            throw new IllegalArgumentException(
                    "The filter of an index cannot be nested deeper than " + NESTING_MAX + " levels");
        }
        if (filter instanceof Filter.And and) {
            and.filters().forEach(part -> require(part, depth + 1));
        } else if (filter instanceof Filter.Or or) {
            or.filters().forEach(part -> require(part, depth + 1));
        } else if (filter instanceof Filter.Not not) {
            require(not.filter(), depth + 1);
        } else if (!isAllowed(filter)) {
            throw new IllegalArgumentException("An index cannot have the filter " + filter
                    + "; use comparisons, in, exists, isNull, startsWith, endsWith, contains and hasElement");
        }
    }

    private static boolean isAllowed(Filter condition) {
        if (condition instanceof Filter.StringMatch match) {
            return match.operator() != StringOperator.LIKE;
        }
        return condition instanceof Filter.Comparison
                || condition instanceof Filter.In
                || condition instanceof Filter.Exists
                || condition instanceof Filter.IsNull
                || condition instanceof Filter.HasElement;
    }
}
