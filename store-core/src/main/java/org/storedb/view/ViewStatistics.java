package org.storedb.view;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the values of some rows.
 *
 * @param rows how many rows there are
 * @param numbers how many of them have a number as their value; the others do not contribute to the other figures
 * @param sum the exact sum of the numbers
 * @param min the smallest number, or {@code null} if there is none
 * @param max the greatest number, or {@code null} if there is none
 */
public record ViewStatistics(
        long rows,
        long numbers,
        BigDecimal sum,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max) {

    /** Returns the sum divided by the count of the numbers, to 34 digits; {@code null} if there are none. */
    public @Nullable BigDecimal average() {
        return numbers == 0 ? null : sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL128);
    }
}
