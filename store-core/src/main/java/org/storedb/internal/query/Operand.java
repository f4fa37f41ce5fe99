package org.storedb.internal.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.LetterCase;
import org.storedb.internal.document.PlainValues;

/** A value in a query, prepared to be compared with stored ones without decoding them. */
final class Operand {

    private static final long WHOLE_DOUBLES_MAX = 1L << 53;

    private final ValueType type;
    private final Object plain;
    private final boolean ignoreCase;
    private final byte[] bytes; // strings: UTF-8; others except numbers and booleans: the ordered form

    private Operand(ValueType type, Object plain, boolean ignoreCase, byte[] bytes) {
        this.type = type;
        this.plain = plain;
        this.ignoreCase = ignoreCase;
        this.bytes = bytes;
    }

    static Operand of(Object value, boolean ignoreCase) {
        Object plain = Objects.requireNonNull(PlainValues.of(value));
        ValueType type = typeOf(plain);
        if (plain instanceof String text) {
            String compared = ignoreCase ? LetterCase.fold(text) : text;
            return new Operand(type, compared, ignoreCase, compared.getBytes(StandardCharsets.UTF_8));
        }
        return new Operand(type, plain, false, KeyEncoder.encode(plain));
    }

    /** Returns the type of a value in plain form. */
    static ValueType typeOf(Object plain) {
        if (plain instanceof String) {
            return ValueType.STRING;
        }
        if (plain instanceof Number) {
            return ValueType.NUMBER;
        }
        if (plain instanceof Boolean) {
            return ValueType.BOOLEAN;
        }
        if (plain instanceof List<?>) {
            return ValueType.ARRAY;
        }
        return plain instanceof Map<?, ?> ? ValueType.OBJECT : ValueType.BINARY;
    }

    /** Returns whether {@code value} has the same type, so that it can be smaller, equal or greater. */
    boolean isComparableTo(EncodedValue value) {
        return value.type() == type;
    }

    boolean equalTo(EncodedValue value) {
        return isComparableTo(value) && orderOf(value) == 0;
    }

    /**
     * Returns a negative number if {@code value}, which has the same type, is smaller than this; a positive one if it
     * is greater.
     */
    int orderOf(EncodedValue value) {
        return switch (type) {
            case STRING ->
                ignoreCase
                        ? Arrays.compareUnsigned(
                                LetterCase.fold(value.asString()).getBytes(StandardCharsets.UTF_8), bytes)
                        : value.compareText(bytes);
            case NUMBER -> orderOfNumber(value);
            case BOOLEAN -> Boolean.compare(value.asBoolean(), (Boolean) plain);
            default -> Arrays.compareUnsigned(new KeyEncoder().append(value).toBytes(), bytes);
        };
    }

    private int orderOfNumber(EncodedValue value) {
        if (plain instanceof Long mine) {
            if (value.isLong()) {
                return Long.compare(value.asLong(), mine);
            }
            if (value.isDouble() && Math.abs(mine) <= WHOLE_DOUBLES_MAX) {
                return order(value.asDouble(), mine.doubleValue());
            }
        } else if (plain instanceof Double mine) {
            if (value.isDouble()) {
                return order(value.asDouble(), mine);
            }
            if (value.isLong() && Math.abs(value.asLong()) <= WHOLE_DOUBLES_MAX) {
                return order(value.asDouble(), mine);
            }
        }
        return value.asBigDecimal().compareTo(PlainValues.exact((Number) plain));
    }

    /** Compares two numbers; unlike in {@code Double.compare}, -0.0 is 0.0. */
    private static int order(double first, double second) {
        return first < second ? -1 : first > second ? 1 : 0;
    }
}
