package org.storedb.query.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.query.GeoPoint;

/** Builds the text of a query, and collects the values that have no literal form. */
final class ValuePrinter {

    private final boolean withValues;
    private final StringBuilder text = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /**
     * Creates an empty text.
     *
     * @param withValues whether values are written; otherwise {@code ?} stands for each of them
     */
    ValuePrinter(boolean withValues) {
        this.withValues = withValues;
    }

    PrintedQuery toQuery() {
        return new PrintedQuery(text.toString(), arguments);
    }

    ValuePrinter append(String part) {
        text.append(part);
        return this;
    }

    ValuePrinter append(long number) {
        text.append(number);
        return this;
    }

    ValuePrinter name(String path) {
        return append(Words.written(path));
    }

    /** Writes a value as a literal if it has such a form, otherwise as a parameter. */
    ValuePrinter value(@Nullable Object value) {
        if (!withValues) {
            return append("?");
        }
        String literal = literal(value);
        return value == null || literal != null ? append(String.valueOf(literal)) : argument(value);
    }

    ValuePrinter point(GeoPoint point) {
        return append("(")
                .value(point.latitude())
                .append(", ")
                .value(point.longitude())
                .append(")");
    }

    /** Writes values in parentheses, or one parameter for all of them. */
    ValuePrinter list(List<Object> values) {
        List<String> literals = new ArrayList<>(values.size());
        for (Object value : values) {
            String literal = withValues ? literal(value) : "?";
            if (literal == null) {
                return argument(values);
            }
            literals.add(literal);
        }
        return append("(").append(String.join(", ", literals)).append(")");
    }

    private ValuePrinter argument(Object value) {
        arguments.add(value);
        text.append('?').append(arguments.size());
        return this;
    }

    /** Returns the value as a literal, or {@code null} if only a parameter can stand for it. */
    private static @Nullable String literal(@Nullable Object value) {
        if (value instanceof String || value instanceof Character || value instanceof UUID) {
            return quoted(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return quoted(constant.name());
        }
        if (value instanceof Number number) {
            return literal(number);
        }
        return value == null || value instanceof Boolean ? String.valueOf(value) : null;
    }

    private static @Nullable String literal(Number number) {
        String digits = number.toString();
        if (digits.length() > NumberLiterals.CHARACTERS_MAX) {
            return null;
        }
        if (number instanceof BigDecimal) {
            return digits + "m";
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue()) ? digits : null;
        }
        boolean whole = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger;
        return whole ? digits : null;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
