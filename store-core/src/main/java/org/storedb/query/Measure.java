package org.storedb.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * What an {@link Aggregation} finds out about the documents of a group. Immutable.
 *
 * @param field path of the field, {@code null} for the number of documents
 * @param name the column of the result
 */
public record Measure(Function function, @Nullable String field, String name) {

    public Measure {
        if (field == null && function != Function.COUNT) {
            throw new InvalidQueryException("A measure other than the number of documents needs a field");
        }
    }

    /** Number of documents. */
    public static Measure count() {
        return new Measure(Function.COUNT, null, nameOf(Function.COUNT, null));
    }

    /** Number of documents where the field has a value that is not null. */
    public static Measure count(String field) {
        return of(Function.COUNT, field);
    }

    /**
     * Sum of the numbers in the field, 0 if there are none; what is no number does not count. Sums are exact, so they do
     * not depend on the order of the documents: of whole numbers a {@code Long}, or a {@code BigInteger} if it is larger;
     * with decimals a {@code BigDecimal}; with doubles the {@code Double} that is nearest to the sum, or the sum as
     * {@code BigDecimal} if it is beyond all doubles.
     */
    public static Measure sum(String field) {
        return of(Function.SUM, field);
    }

    /** The smallest value in the field, in the order of all values; null if there is none but nulls. */
    public static Measure min(String field) {
        return of(Function.MIN, field);
    }

    /** The greatest value in the field, in the order of all values; null if there is none but nulls. */
    public static Measure max(String field) {
        return of(Function.MAX, field);
    }

    /**
     * The {@link #sum} divided by how many numbers there are, null if there are none: with doubles a {@code Double}, else
     * a {@code BigDecimal} of at most 34 digits.
     */
    public static Measure avg(String field) {
        return of(Function.AVG, field);
    }

    private static Measure of(Function function, String field) {
        return new Measure(function, field, nameOf(function, field));
    }

    private static String nameOf(Function function, @Nullable String field) {
        return function.name().toLowerCase(Locale.ROOT) + "(" + (field == null ? "*" : field) + ")";
    }

    /** Whether the name was given, not made of the function and the field. */
    public boolean hasOwnName() {
        return !name.equals(nameOf(function, field));
    }

    /** The same under another name. */
    public Measure as(String newName) {
        return new Measure(function, field, newName);
    }

    /** How values become one. */
    public enum Function {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG
    }
}
