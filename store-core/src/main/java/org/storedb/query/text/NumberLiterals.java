package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Converts literals to numbers. Whole numbers are exact. A number with a fraction or an exponent becomes the nearest
 * double, as in JSON and Java; with the suffix {@code m} it is exactly that decimal number.
 */
final class NumberLiterals {

    static final int CHARACTERS_MAX = 1_000;

    private static final int EXPONENT_DIGITS_MAX = 9;

    private NumberLiterals() {}

    /** Returns whether the number is short enough to be parsed quickly. */
    static boolean isAllowed(String digits) {
        int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
        int exponentDigits = 0;
        if (exponent >= 0) {
            boolean signed = !Character.isDigit(digits.charAt(exponent + 1));
            exponentDigits = digits.length() - exponent - (signed ? 2 : 1);
        }
        return digits.length() <= CHARACTERS_MAX && exponentDigits <= EXPONENT_DIGITS_MAX;
    }

    static Number whole(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    /** Returns the nearest double, or {@code null} if the number is too large, or too close to zero, for one. */
    static @Nullable Double broken(String digits) {
        double nearest = Double.parseDouble(digits);
        boolean lost = nearest == 0 && new BigDecimal(digits).signum() != 0;
        return Double.isFinite(nearest) && !lost ? nearest : null;
    }

    static BigDecimal exact(String digits) {
        return new BigDecimal(digits);
    }
}
