package org.storedb.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.core.io.NumberOutput;

/**
 * The numbers that JSON texts represent, without loss. A text with neither point nor exponent is a whole number; any
 * other is the {@code double} whose shortest text has exactly this value, or a decimal if there is none. {@code -0} is
 * the {@code double}, the only number with this sign.
 */
final class JsonNumbers {

    /** This many digits always survive the conversion to a double and back. */
    private static final int SAFE_CHARACTERS = 15;

    private static final int LONG_CHARACTERS_MAX = 18;

    private JsonNumbers() {}

    /** Returns a {@code Long}, {@code BigInteger}, {@code Double} or {@code BigDecimal}. */
    static Number parse(String text) {
        if (isWhole(text)) {
            return text.equals("-0") ? (Number) (-0.0) : whole(text);
        }
        double nearest = Double.parseDouble(text);
        if (text.length() <= SAFE_CHARACTERS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return nearest;
        }
        BigDecimal exact = decimal(text);
        boolean same = Double.isFinite(nearest) && shortest(nearest).compareTo(exact) == 0;
        return same ? (Number) nearest : exact;
    }

    /** Returns whether the text of a decimal is parsed as the same one, scale included. */
    static boolean comesBack(BigDecimal value) {
        return parse(value.toString()) instanceof BigDecimal same
                && same.scale() == value.scale()
                && same.compareTo(value) == 0;
    }

    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new InvalidDocumentException(
                    "The number " + shortened(text) + " cannot be stored, its exponent is too large", e);
        }
    }

    /** Returns the number in the shortest text of a double; that of {@code Double.toString} can be longer before Java 19. */
    private static BigDecimal shortest(double value) {
        return new BigDecimal(NumberOutput.toString(value, true));
    }

    private static Number whole(String text) {
        if (text.length() <= LONG_CHARACTERS_MAX) {
            return Long.parseLong(text);
        }
        BigInteger value = new BigInteger(text);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '.' || character == 'e' || character == 'E') {
                return false;
            }
        }
        return true;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
