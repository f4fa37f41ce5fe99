package org.storedb.view;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the values of some rows.
 *
 * @param rows how many rows there are
 * @param numbers how many of them have a number for a value; the others count for nothing else
 * @param sum of the numbers, exact
 * @param min the smallest number, or {@code null} if there is none
 * @param max the greatest number, or {@code null} if there is none
 */
public record ViewStatistics(
        long rows,
        long numbers,
        BigDecimal sum,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max) {

    /** The sum by the number of numbers, to 34 digits; {@code null} if there is none. */
    public @Nullable BigDecimal average() {
        return numbers == 0 ? null : sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL128);
    }
}
