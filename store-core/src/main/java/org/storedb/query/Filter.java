package org.storedb.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidQueryException;

/**
 * A condition on a document. Fields are named by their path, with names separated by dots ({@code "address.city"}).
 *
 * <p>Values are strings, numbers (compared by value, whatever their Java type), booleans, null, and lists and maps of
 * these. An enum constant stands for its name, even if an annotation has it stored as another text. Order comparisons
 * match only values of the same kind: {@code gt("age", 30)} never matches a string or a missing field.
 * {@code eq(field, null)} is {@link #isNull}. {@code ne} and {@code not} also match documents without the field. String
 * conditions match only strings. Immutable.
 */
public sealed interface Filter {

    /** The path that names the element itself, in the filter of {@link #elementMatches}. */
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

    /** Matches values between two others, both included. */
    static Filter between(String field, Object from, Object to) {
        return between(field, from, to, Ends.CLOSED);
    }

    static Filter between(String field, Object from, Object to, Ends ends) {
        Filter lower = ends.isFromIncluded() ? gte(field, from) : gt(field, from);
        return lower.and(ends.isToIncluded() ? lte(field, to) : lt(field, to));
    }

    /** Matches any of the values; a null among them matches null and missing. */
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

    /** Matches none of the values, the negation of {@link #in}; a null among them stands for null and missing. */
    static Filter notIn(String field, Collection<? extends @Nullable Object> values) {
        return not(in(field, values));
    }

    /** Matches if the field exists, even if it is null. */
    static Filter exists(String field) {
        return new Exists(field);
    }

    /** Matches if the field has a value of this type; {@link ValueType#NULL} means that it exists and is null. */
    static Filter hasType(String field, ValueType type) {
        return new HasType(field, type);
    }

    /** Matches if the field is null or missing. */
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
     * Matches like SQL's LIKE: {@code %} stands for any characters, {@code _} for exactly one; a backslash escapes
     * either of them, or itself.
     */
    static Filter like(String field, String pattern) {
        return new StringMatch(field, StringOperator.LIKE, pattern, false);
    }

    /**
     * Matches if a regular expression is found anywhere in the string; {@code ^} and {@code $} anchor it to the
     * string's start and end. The syntax is that of {@link java.util.regex.Pattern}, without what cannot be matched in
     * linear time (back-references, look-around, possessive quantifiers) and without flags.
     */
    static Filter matches(String field, String regex) {
        return new Regex(field, regex, false);
    }

    /**
     * Matches if the field is a string, or an array containing strings, that has all of these words, in any order; in
     * an array they can be in different elements. A word directly followed by {@code *} stands for all words with that
     * prefix. Case does not matter. See {@link TextWords} for the definition of a word.
     *
     * @param words separated by spaces, or by any characters that are not part of a word
     * @throws IllegalArgumentException if there is no word, or more than 100 distinct ones
     */
    static Filter text(String field, String words) {
        return new Text(field, words);
    }

    /**
     * Matches if the field is an array that has this element.
     *
     * @throws InvalidQueryException if it is null
     */
    static Filter hasElement(String field, Object element) {
        return new HasElement(field, element);
    }

    /**
     * Matches if the field is an array that has all of these elements; without elements, matches every array.
     *
     * @throws InvalidQueryException if one of them is null
     */
    static Filter hasAllElements(String field, Collection<?> elements) {
        return new HasAllElements(field, new ArrayList<>(elements));
    }

    /** Matches if the field is an array with this number of elements. */
    static Filter hasSize(String field, long size) {
        return hasSize(field, Operator.EQ, size);
    }

    /**
     * Matches if the field is an array whose number of elements compares this way; {@link Operator#NE} also matches
     * what is not an array.
     */
    static Filter hasSize(String field, Operator operator, long size) {
        return new HasSize(field, operator, size);
    }

    /**
     * Matches if the field is an array with a matching element. The filter's paths start at the element, and
     * {@link #ELEMENT} names the element itself:
     * {@code elementMatches("items", gt("quantity", 2).and(lt("price", 10)))}, or
     * {@code elementMatches("scores", between(ELEMENT, 5, 9))}.
     */
    static Filter elementMatches(String field, Filter filter) {
        return new ElementMatch(field, filter);
    }

    /**
     * Matches if the field is a point, see {@link GeoPoint}, within this distance of the centre.
     *
     * @throws InvalidQueryException if the distance is negative or not finite
     */
    static Filter near(String field, GeoPoint center, double distanceMeters) {
        return near(field, center, 0, distanceMeters);
    }

    /**
     * Matches if the field is a point, see {@link GeoPoint}, whose distance from the centre is between the two, both
     * included.
     *
     * @throws InvalidQueryException if a distance is negative or not finite, or the first greater than the second
     */
    static Filter near(String field, GeoPoint center, double fromMeters, double toMeters) {
        return new Near(field, center, fromMeters, toMeters);
    }

    /** Matches if the field is a point, see {@link GeoPoint}, in the shape or on its edge. */
    static Filter within(String field, GeoShape shape) {
        return new Within(field, shape);
    }

    /** Matches if all of these match; without filters, matches everything. */
    static Filter allOf(Filter... filters) {
        return new And(List.of(filters));
    }

    /** Matches if all of these match; without filters, matches everything. */
    static Filter allOf(Collection<? extends Filter> filters) {
        return new And(List.copyOf(filters));
    }

    /** Matches if at least one of these matches; without filters, matches nothing. */
    static Filter anyOf(Filter... filters) {
        return new Or(List.of(filters));
    }

    /** Matches if at least one of these matches; without filters, matches nothing. */
    static Filter anyOf(Collection<? extends Filter> filters) {
        return new Or(List.copyOf(filters));
    }

    static Filter not(Filter filter) {
        return new Not(filter);
    }

    /** Matches if both match. What matches everything, {@link #all}, adds nothing to another filter. */
    default Filter and(Filter other) {
        if (other.equals(all())) {
            return this;
        }
        return equals(all()) ? other : new And(List.of(this, other));
    }

    /** Matches if at least one of the two matches. What matches nothing, {@link #anyOf}, adds nothing to another. */
    default Filter or(Filter other) {
        if (other.equals(anyOf())) {
            return this;
        }
        return equals(anyOf()) ? other : new Or(List.of(this, other));
    }

    private static void requireElement(String field, @Nullable Object element) {
        if (element == null) {
            throw new InvalidQueryException("The elements of field \"" + field
                    + "\" are compared with null; use elementMatches and isNull(ELEMENT)");
        }
    }

    /** Returns this filter with strings compared by their lower case, including in nested filters. */
    default Filter ignoringCase() {
        return this;
    }

    /** The ends that belong to a range. */
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

    /** The operator of a {@link Comparison}. */
    enum Operator {
        EQ,
        NE,
        LT,
        LTE,
        GT,
        GTE
    }

    /** The operator of a {@link StringMatch}. */
    enum StringOperator {
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS,
        LIKE
    }

    /** A comparison of a value with a given one. */
    record Comparison(String field, Operator operator, Object value, boolean ignoreCase) implements Filter {
        public Comparison {
            Objects.requireNonNull(value, () -> "The value to compare '" + field + "' with is null; use isNull");
        }

        @Override
        public Filter ignoringCase() {
            return new Comparison(field, operator, value, true);
        }
    }

    /** A test that a value is one of several, none of them null. */
    record In(String field, List<Object> values, boolean ignoreCase) implements Filter {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public Filter ignoringCase() {
            return new In(field, values, true);
        }
    }

    /** A test that a field exists, even if it is null. */
    record Exists(String field) implements Filter {}

    /** A test that a field has a value of a type. */
    record HasType(String field, ValueType type) implements Filter {}

    /** A test that a field is null or missing. */
    record IsNull(String field) implements Filter {}

    /** A comparison of a string with a given one. */
    record StringMatch(String field, StringOperator operator, String text, boolean ignoreCase) implements Filter {
        public StringMatch {
            Objects.requireNonNull(text, () -> "The text to look for in '" + field + "' is null; use isNull");
        }

        @Override
        public Filter ignoringCase() {
            return new StringMatch(field, operator, text, true);
        }
    }

    /** A test that a regular expression is found in a string. */
    record Regex(String field, String regex, boolean ignoreCase) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new Regex(field, regex, true);
        }
    }

    /** A test that strings have all of several words. */
    record Text(String field, String words) implements Filter {
        public Text {
            TextWords.wanted(words);
        }

        /** Returns the distinct words, at least one. */
        public List<TextWords.Wanted> wanted() {
            return TextWords.wanted(words);
        }
    }

    /** A test that an array has an element. */
    record HasElement(String field, Object element) implements Filter {
        public HasElement {
            requireElement(field, element);
        }

        @Override
        public Filter ignoringCase() {
            return element instanceof String
                    ? elementMatches(field, eq(ELEMENT, element).ignoringCase())
                    : this;
        }
    }

    /** A test that an array has several elements. */
    record HasAllElements(String field, List<Object> elements) implements Filter {
        public HasAllElements {
            elements.forEach(element -> requireElement(field, element));
            elements = List.copyOf(elements);
        }

        @Override
        public Filter ignoringCase() {
            if (elements.stream().noneMatch(String.class::isInstance)) {
                return this; // Without elements, it still asks for an array.
            }
            List<Filter> each = new ArrayList<>();
            elements.forEach(element -> each.add(hasElement(field, element).ignoringCase()));
            return allOf(each);
        }
    }

    /** A comparison of the number of an array's elements with a given one. */
    record HasSize(String field, Operator operator, long size) implements Filter {
        public HasSize {
            if (size < 0) {
                throw new InvalidQueryException("The size of an array is 0 or more, but is compared with " + size);
            }
        }
    }

    /** A test that an array has an element that matches a filter. */
    record ElementMatch(String field, Filter filter) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new ElementMatch(field, filter.ignoringCase());
        }
    }

    /** A test that a point's distance from another one is in a range, both ends included. */
    record Near(String field, GeoPoint center, double fromMeters, double toMeters) implements Filter {
        public Near {
            if (!(fromMeters >= 0 && fromMeters <= toMeters && Double.isFinite(toMeters))) {
                throw new InvalidQueryException("Distances must be 0 or more, the smaller one first, but are "
                        + fromMeters + " and " + toMeters + " metres");
            }
        }
    }

    /** A test that a point lies in a shape. */
    record Within(String field, GeoShape shape) implements Filter {}

    /** The conjunction of several filters; without filters, matches everything. */
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public Filter ignoringCase() {
            return new And(filters.stream().map(Filter::ignoringCase).toList());
        }
    }

    /** The disjunction of several filters; without filters, matches nothing. */
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public Filter ignoringCase() {
            return new Or(filters.stream().map(Filter::ignoringCase).toList());
        }
    }

    /** The negation of a filter. */
    record Not(Filter filter) implements Filter {
        @Override
        public Filter ignoringCase() {
            return new Not(filter.ignoringCase());
        }
    }
}
