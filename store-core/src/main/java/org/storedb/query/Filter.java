package org.storedb.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidQueryException;

/**
 * A condition on a document. Fields are named by their path, with dots between the names ({@code "address.city"}).
 *
 * <p>Values are strings, numbers (compared by value, whatever their Java type), booleans, null, and lists and maps of
 * these. Order comparisons match only values of the same kind: {@code gt("age", 30)} never matches a string or a missing
 * field. {@code eq(field, null)} is {@link #isNull}. {@code ne} and {@code not} match documents without the field, too.
 * String conditions match only strings. Immutable.
 */
public sealed interface Filter {

    /** In the filter of {@link #elementMatches}, the path that names the element itself. */
    String ELEMENT = "";

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
        return between(field, from, to, Ends.CLOSED);
    }

    static Filter between(String field, Object from, Object to, Ends ends) {
        Filter lower = ends.isFromIncluded() ? gte(field, from) : gt(field, from);
        return lower.and(ends.isToIncluded() ? lte(field, to) : lt(field, to));
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

    /** Not {@link #in}: none of the values; a null among them stands for null and missing. */
    static Filter notIn(String field, Collection<? extends @Nullable Object> values) {
        return not(in(field, values));
    }

    /** The field is there, be it null. */
    static Filter exists(String field) {
        return new Exists(field);
    }

    /** The field has a value of this type; {@link ValueType#NULL} means that it is there and null. */
    static Filter hasType(String field, ValueType type) {
        return new HasType(field, type);
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

    /**
     * A regular expression is found somewhere in the string; {@code ^} and {@code $} tie it to the string's start and end.
     * It is as in {@link java.util.regex.Pattern}, but without what cannot be found in linear time: references back to
     * groups, looking around, possessive quantifiers; and without flags.
     */
    static Filter matches(String field, String regex) {
        return new Regex(field, regex, false);
    }

    /**
     * The field is a string, or an array with strings in it, that has all of these words, in whatever order; of an array
     * they can be in different elements. A word with a {@code *} right behind it means all words that begin so. Case does
     * not matter. What a word is says {@link TextWords}.
     *
     * @param words with blanks, or whatever is no part of a word, between them
     * @throws IllegalArgumentException if there is no word, or more than 100 different ones
     */
    static Filter text(String field, String words) {
        return new Text(field, words);
    }

    /** The field is an array that has this element. */
    static Filter hasElement(String field, Object element) {
        return new HasElement(field, element);
    }

    /** The field is an array that has each of these elements; none at all matches every array. */
    static Filter hasAllElements(String field, Collection<?> elements) {
        return new HasAllElements(field, List.copyOf(elements));
    }

    /** The field is an array of so many elements. */
    static Filter hasSize(String field, long size) {
        return hasSize(field, Operator.EQ, size);
    }

    /** The field is an array whose number of elements compares so; with {@link Operator#NE} also what is no array. */
    static Filter hasSize(String field, Operator operator, long size) {
        return new HasSize(field, operator, size);
    }

    /**
     * The field is an array with an element that matches. The filter's paths begin at the element, and {@link #ELEMENT}
     * names the element itself: {@code elementMatches("items", gt("quantity", 2).and(lt("price", 10)))}, or
     * {@code elementMatches("scores", between(ELEMENT, 5, 9))}.
     */
    static Filter elementMatches(String field, Filter filter) {
        return new ElementMatch(field, filter);
    }

    /**
     * The field is a point, see {@link GeoPoint}, at most so far from the centre.
     *
     * @throws InvalidQueryException if the distance is negative or not finite
     */
    static Filter near(String field, GeoPoint center, double distanceMeters) {
        return near(field, center, 0, distanceMeters);
    }

    /**
     * The field is a point, see {@link GeoPoint}, whose distance from the centre lies between two, both included.
     *
     * @throws InvalidQueryException if a distance is negative or not finite, or the first greater than the second
     */
    static Filter near(String field, GeoPoint center, double fromMeters, double toMeters) {
        return new Near(field, center, fromMeters, toMeters);
    }

    /** The field is a point, see {@link GeoPoint}, in the shape or on its edge. */
    static Filter within(String field, GeoShape shape) {
        return new Within(field, shape);
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

    /** Which ends belong to a range. */
    enum Ends {
        CLOSED,
        OPEN,
        CLOSED_OPEN,
        OPEN_CLOSED;

        boolean isFromIncluded() {
            return this == CLOSED || this == CLOSED_OPEN;
        }

        boolean isToIncluded() {
            return this == CLOSED || this == OPEN_CLOSED;
        }
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

    /** A field has a value of a type. */
    record HasType(String field, ValueType type) implements Filter {}

    /** A field is null or missing. */
    record IsNull(String field) implements Filter {}

    /** A string looks like a given one. */
    record StringMatch(String field, StringOperator operator, String text, boolean ignoreCase) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new StringMatch(field, operator, text, true);
        }
    }

    /** A regular expression is found in a string. */
    record Regex(String field, String regex, boolean ignoreCase) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new Regex(field, regex, true);
        }
    }

    /** Strings have all of several words. */
    record Text(String field, String words) implements Filter {
        public Text {
            TextWords.wanted(words);
        }

        /** The different words, at least one. */
        public List<TextWords.Wanted> wanted() {
            return TextWords.wanted(words);
        }
    }

    /** An array has an element. */
    record HasElement(String field, Object element) implements Filter {}

    /** An array has several elements. */
    record HasAllElements(String field, List<Object> elements) implements Filter {
        public HasAllElements {
            elements = List.copyOf(elements);
        }
    }

    /** The number of an array's elements stands in an order to a given one. */
    record HasSize(String field, Operator operator, long size) implements Filter {
        public HasSize {
            if (size < 0) {
                throw new InvalidQueryException("The size of an array goes from 0 on, but is compared with " + size);
            }
        }
    }

    /** An array has an element that matches a filter. */
    record ElementMatch(String field, Filter filter) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new ElementMatch(field, filter.ignoringCase());
        }
    }

    /** A point lies at a distance from another one that is in a range, both ends included. */
    record Near(String field, GeoPoint center, double fromMeters, double toMeters) implements Filter {
        public Near {
            if (!(fromMeters >= 0 && fromMeters <= toMeters && Double.isFinite(toMeters))) {
                throw new InvalidQueryException("Distances go from 0 on, the smaller one first, but are " + fromMeters
                        + " and " + toMeters + " metres");
            }
        }
    }

    /** A point lies in a shape. */
    record Within(String field, GeoShape shape) implements Filter {}

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
