package org.storedb.internal.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import org.storedb.internal.document.EncodedValue;

/**
 * A sum of numbers without loss, so that their order makes no difference. Doubles are kept as a few that do not overlap
 * and whose sum is exact (Shewchuk's expansions).
 */
final class ExactSum {

    private long whole;
    private BigDecimal others = BigDecimal.ZERO; // What does not fit the long: large, decimal, overflowed.
    private boolean hasDecimals;
    private double[] parts = new double[4]; // Ascending, without overlap.
    private int partCount;
    private boolean hasDoubles;
    private long count;

    /** Adds a stored number. */
    void add(EncodedValue number) {
        count++;
        if (number.isLong()) {
            addWhole(number.asLong());
        } else if (number.isDouble()) {
            hasDoubles = true;
            addDouble(number.asDouble());
        } else {
            hasDecimals |= number.isDecimal();
            others = others.add(number.asBigDecimal());
        }
    }

    /** Returns how many numbers were added. */
    long count() {
        return count;
    }

    /** Returns the sum, see {@link org.storedb.query.Measure#sum}. */
    Number sum() {
        if (!hasDoubles && others.signum() == 0 && !hasDecimals) {
            return whole;
        }
        BigDecimal sum = exact();
        if (hasDoubles) {
            return nearest(sum);
        }
        if (hasDecimals) {
            return sum;
        }
        BigInteger integer = sum.toBigIntegerExact();
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }

    /**
     * Returns the sum divided by the count, see {@link org.storedb.query.Measure#avg}; at least one number must have
     * been added.
     */
    Number average() {
        BigDecimal average = exact().divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        return hasDoubles ? nearest(average) : average;
    }

    private BigDecimal exact() {
        BigDecimal sum = others.add(BigDecimal.valueOf(whole));
        for (int part = 0; part < partCount; part++) {
            sum = sum.add(new BigDecimal(parts[part]));
        }
        return sum;
    }

    private static Number nearest(BigDecimal exact) {
        double nearest = exact.doubleValue();
        return Double.isFinite(nearest) ? (Number) nearest : exact.stripTrailingZeros();
    }

    private void addWhole(long value) {
        long sum = whole + value;
        if (((whole ^ sum) & (value ^ sum)) < 0) {
            others = others.add(new BigDecimal(BigInteger.valueOf(whole).add(BigInteger.valueOf(value))));
            whole = 0;
        } else {
            whole = sum;
        }
    }

    private void addDouble(double value) {
        double high = value;
        int kept = 0;
        for (int part = 0; part < partCount; part++) {
            double other = parts[part];
            double sum = high + other;
            if (!Double.isFinite(sum)) {
                spill(part, kept, high);
                return;
            }
            double larger = Math.abs(high) >= Math.abs(other) ? high : other;
            double smaller = Math.abs(high) >= Math.abs(other) ? other : high;
            double low = smaller - (sum - larger);
            if (low != 0) {
                parts[kept++] = low;
            }
            high = sum;
        }
        if (kept == parts.length) {
            parts = Arrays.copyOf(parts, 2 * kept);
        }
        parts[kept++] = high;
        partCount = kept;
    }

    /** Moves the doubles to where nothing overflows: those kept so far, the current one, and the remaining ones. */
    private void spill(int next, int kept, double current) {
        others = others.add(new BigDecimal(current));
        for (int part = 0; part < partCount; part++) {
            if (part < kept || part >= next) {
                others = others.add(new BigDecimal(parts[part]));
            }
        }
        partCount = 0;
    }
}
