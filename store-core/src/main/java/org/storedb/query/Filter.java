package org.storedb.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a document. Fields are named by their path, with dots between the names ({@code "address.city"}).
 *
 * <p>Values are strings, numbers (compared by value, whatever their Java type), booleans, null, and lists and maps of
 * these. Order comparisons match only values of the same kind: {@code gt("age", 30)} never matches a string or a missing
 * field. {@code eq(field, null)} is {@link #isNull}. {@code ne} and {@code not} match documents without the field, too.
 * String conditions match only strings. Immutable.
 */
public sealed interface Filter {

    /** Matches every document. */
    static Filter all() {
        return new And(List.of());
    }

    static Filter eq(String field, @Nullable Object value) {
        return value == null ? isNull(field) : new Comparison(field, Operator.EQ, value, false);
    }

    static Filter ne(String field, @Nullable Object value) {
        return value == null ? not(isNull(field)) : new Comparison(field, Operator.NE, value, false);
    }

    static Filter lt(String field, Object value) {
        return new Comparison(field, Operator.LT, value, false);
    }

    static Filter lte(String field, Object value) {
        return new Comparison(field, Operator.LTE, value, false);
    }

    static Filter gt(String field, Object value) {
        return new Comparison(field, Operator.GT, value, false);
    }

    static Filter gte(String field, Object value) {
        return new Comparison(field, Operator.GTE, value, false);
    }

    /** Both ends included. */
    static Filter between(String field, Object from, Object to) {
        return gte(field, from).and(lte(field, to));
    }

    /** One of the values; a null among them matches null and missing. */
    static Filter in(String field, Collection<? extends @Nullable Object> values) {
        List<Object> present = new ArrayList<>();
        boolean withNull = false;
        for (Object value : values) {
            if (value == null) {
                withNull = true;
            } else {
                present.add(value);
            }
        }
        Filter in = new In(field, present, false);
        return withNull ? in.or(isNull(field)) : in;
    }

    /** The field is there, be it null. */
    static Filter exists(String field) {
        return new Exists(field);
    }

    /** The field is null or missing. */
    static Filter isNull(String field) {
        return new IsNull(field);
    }

    static Filter startsWith(String field, String prefix) {
        return new StringMatch(field, StringOperator.STARTS_WITH, prefix, false);
    }

    static Filter endsWith(String field, String suffix) {
        return new StringMatch(field, StringOperator.ENDS_WITH, suffix, false);
    }

    static Filter contains(String field, String part) {
        return new StringMatch(field, StringOperator.CONTAINS, part, false);
    }

    /**
     * SQL's LIKE: {@code %} stands for any characters, {@code _} for one; a backslash before either, or before itself,
     * takes it literally.
     */
    static Filter like(String field, String pattern) {
        return new StringMatch(field, StringOperator.LIKE, pattern, false);
    }

    /** The field is an array that has this element. */
    static Filter hasElement(String field, Object element) {
        return new HasElement(field, element);
    }

    /** All of these; none at all matches everything. */
    static Filter allOf(Filter... filters) {
        return new And(List.of(filters));
    }

    /** One of these at least; none at all matches nothing. */
    static Filter anyOf(Filter... filters) {
        return new Or(List.of(filters));
    }

    static Filter not(Filter filter) {
        return new Not(filter);
    }

    default Filter and(Filter other) {
        return new And(List.of(this, other));
    }

    default Filter or(Filter other) {
        return new Or(List.of(this, other));
    }

    /** This filter with strings compared by their lower case, where it compares strings; nested filters, too. */
    default Filter ignoringCase() {
        return this;
    }

    /** How a {@link Comparison} compares. */
    enum Operator {
        EQ,
        NE,
        LT,
        LTE,
        GT,
        GTE
    }

    /** How a {@link StringMatch} compares. */
    enum StringOperator {
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS,
        LIKE
    }

    /** A value stands in an order to a given one. */
    record Comparison(String field, Operator operator, Object value, boolean ignoreCase) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new Comparison(field, operator, value, true);
        }
    }

    /** A value is one of several, none of them null. */
    record In(String field, List<Object> values, boolean ignoreCase) implements Filter {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public Filter ignoringCase() {
            return new In(field, values, true);
        }
    }

    /** A field is there, be it null. */
    record Exists(String field) implements Filter {}

    /** A field is null or missing. */
    record IsNull(String field) implements Filter {}

    /** A string looks like a given one. */
    record StringMatch(String field, StringOperator operator, String text, boolean ignoreCase) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new StringMatch(field, operator, text, true);
        }
    }

    /** An array has an element. */
    record HasElement(String field, Object element) implements Filter {}

    /** All of several; none at all matches everything. */
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public Filter ignoringCase() {
            return new And(filters.stream().map(Filter::ignoringCase).toList());
        }
    }

    /** One of several; none at all matches nothing. */
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public Filter ignoringCase() {
            return new Or(filters.stream().map(Filter::ignoringCase).toList());
        }
    }

    /** Not another one. */
    record Not(Filter filter) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new Not(filter.ignoringCase());
        }
    }
}
