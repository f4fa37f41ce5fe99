package org.storedb.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * A value that an {@link Aggregation} computes for the documents of a group. Immutable.
 *
 * @param field path of the field; {@code null} to count documents
 * @param name the column of the result
 */
public record Measure(Function function, @Nullable String field, String name) {

    public Measure {
        if (field == null && function != Function.COUNT) {
            throw new InvalidQueryException("A measure other than count needs a field");
        }
    }

    /** Returns the number of documents. */
    public static Measure count() {
        return new Measure(Function.COUNT, null, nameOf(Function.COUNT, null));
    }

    /** Returns the number of documents where the field has a value that is not null. */
    public static Measure count(String field) {
        return of(Function.COUNT, field);
    }

    /**
     * Returns the sum of the numbers in the field, 0 if there are none; other values are ignored. Sums are exact, so
     * they do not depend on the order of the documents: for integers a {@code Long}, or a {@code BigInteger} if the sum
     * is larger; with decimals a {@code BigDecimal}; with doubles the {@code Double} nearest to the sum, or the sum as
     * a {@code BigDecimal} if it exceeds the range of doubles.
     */
    public static Measure sum(String field) {
        return of(Function.SUM, field);
    }

    /**
     * Returns the smallest value in the field, in the order of all values; null if there are only nulls. A number is in
     * its simplest class, whatever it was written as: {@code 11.9} for the decimal 11.90.
     */
    public static Measure min(String field) {
        return of(Function.MIN, field);
    }

    /** Returns the greatest value in the field, in the same order and class as {@link #min}; null if there are only nulls. */
    public static Measure max(String field) {
        return of(Function.MAX, field);
    }

    /**
     * Returns the {@link #sum} divided by the count of the numbers, null if there are none: with doubles a
     * {@code Double}, otherwise a {@code BigDecimal} of at most 34 digits.
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

    /** Returns whether the name was given, rather than derived from the function and the field. */
    public boolean hasOwnName() {
        return !name.equals(nameOf(function, field));
    }

    /** Returns this measure under another name. */
    public Measure as(String newName) {
        return new Measure(function, field, newName);
    }

    /** The aggregate functions. */
    public enum Function {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG
    }
}
