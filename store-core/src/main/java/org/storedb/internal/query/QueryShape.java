package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Filter.Comparison;
import org.storedb.query.Filter.Operator;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/**
 * A query without the values that it compares with. Two shapes are equal if their conditions compare the same fields in
 * the same ways and in the same order, with whatever values, and their sorts are equal. Immutable.
 */
final class QueryShape {

    /** Queries with more conditions than this are not repeated often. */
    private static final int CONDITIONS_MAX = 8;

    private final List<Comparison> conditions;
    private final Sort sort;
    private final int hash;

    private QueryShape(List<Comparison> conditions, Sort sort) {
        this.conditions = conditions;
        this.sort = sort;
        int result = sort.isUnsorted() ? 0 : sort.hashCode();
        for (Comparison condition : conditions) {
            result = 31 * result
                    + condition.field().hashCode()
                    + condition.operator().hashCode();
        }
        this.hash = result;
    }

    /**
     * Returns the shape of a query; {@code null} if it has none, because what is known of it in advance depends on its
     * values, or because it has conditions other than case-sensitive comparisons.
     */
    static @Nullable QueryShape of(Query query) {
        if (query.limit() == 0 || query.continuation() != null || hasOrigin(query.sort())) {
            return null;
        }
        if (query.filter() instanceof Comparison only) {
            return isPlain(only) ? new QueryShape(List.of(only), query.sort()) : null;
        }
        List<Comparison> conditions = new ArrayList<>(2);
        return addTo(conditions, query.filter()) ? new QueryShape(conditions, query.sort()) : null;
    }

    private static boolean hasOrigin(Sort sort) {
        for (Sort.Order order : sort.orders()) {
            if (order.origin() != null) {
                return true;
            }
        }
        return false;
    }

    /** Adds the conditions of a filter; returns false if there are others, or too many. */
    private static boolean addTo(List<Comparison> conditions, Filter filter) {
        if (filter instanceof Comparison comparison) {
            conditions.add(comparison);
            return isPlain(comparison) && conditions.size() <= CONDITIONS_MAX;
        }
        if (filter instanceof Filter.And and) {
            for (Filter part : and.filters()) {
                if (!addTo(conditions, part)) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /** Values that are not equal are in two ranges, and null. */
    private static boolean isPlain(Comparison comparison) {
        return !comparison.ignoreCase() && comparison.operator() != Operator.NE;
    }

    /** Returns the same shape, to be kept, without the values from which this one was made. */
    QueryShape withoutValues() {
        List<Comparison> bare = conditions.stream()
                .map(condition -> new Comparison(condition.field(), condition.operator(), "", false))
                .toList();
        return new QueryShape(bare, sort);
    }

    /** Returns the comparisons, all of which must be true, with the values from which this shape was made. */
    List<Comparison> conditions() {
        return conditions;
    }

    Sort sort() {
        return sort;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof QueryShape shape)
                || hash != shape.hash
                || conditions.size() != shape.conditions.size()
                || !sort.equals(shape.sort)) {
            return false;
        }
        for (int at = 0; at < conditions.size(); at++) {
            Comparison mine = conditions.get(at);
            Comparison others = shape.conditions.get(at);
            if (mine.operator() != others.operator() || !mine.field().equals(others.field())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
