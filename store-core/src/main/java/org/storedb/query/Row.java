package org.storedb.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * A row of a result: values under the column names of the query. Values are plain Java objects, as in documents read as
 * maps. Each method that takes a name throws {@link InvalidQueryException} if the row has no column of that name.
 * Immutable if its values are.
 */
public final class Row {

    private final List<String> names;
    private final List<@Nullable Object> values;

    private Row(List<String> names, List<@Nullable Object> values) {
        this.names = names;
        this.values = values;
    }

    /** Returns a row with as many values as names; the list of names must not be modified afterwards. */
    public static Row of(List<String> names, List<? extends @Nullable Object> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names, but " + values.size() + " values");
        }
        return new Row(names, Collections.unmodifiableList(new ArrayList<>(values)));
    }

    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** Returns the value, or null if it is null or the document has no such field. */
    public @Nullable Object value(String name) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new InvalidQueryException("The row has no column \"" + name + "\"; it has " + names);
        }
        return values.get(column);
    }

    public boolean isNull(String name) {
        return value(name) == null;
    }

    /** Returns the string; throws {@code IllegalStateException} if the value is null or not a string. */
    public String asString(String name) {
        Object value = value(name);
        if (value instanceof String text) {
            return text;
        }
        throw unfit(name, value, "a string");
    }

    /**
     * Returns the number as a {@code long}; throws {@code ArithmeticException} if it has a fraction or does not fit.
     */
    public long asLong(String name) {
        Number number = number(name);
        return number instanceof Long || number instanceof Integer
                ? number.longValue()
                : decimal(number).longValueExact();
    }

    /** Returns the nearest {@code double}; throws {@code IllegalStateException} if the value is not a number. */
    public double asDouble(String name) {
        return number(name).doubleValue();
    }

    /** Returns the exact number; throws {@code IllegalStateException} if the value is not a number. */
    public BigDecimal asBigDecimal(String name) {
        return decimal(number(name));
    }

    /** Returns the values by name, in order, as an unmodifiable map. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int column = 0; column < names.size(); column++) {
            map.put(names.get(column), values.get(column));
        }
        return Collections.unmodifiableMap(map);
    }

    private Number number(String name) {
        Object value = value(name);
        if (value instanceof Number number) {
            return number;
        }
        throw unfit(name, value, "a number");
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return number instanceof Double ? new BigDecimal(number.doubleValue()) : BigDecimal.valueOf(number.longValue());
    }

    private static IllegalStateException unfit(String name, @Nullable Object value, String wanted) {
        return new IllegalStateException("Column \"" + name + "\" is not " + wanted + ", but "
                + (value == null ? "null" : "of " + value.getClass().getName()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && row.names.equals(names) && row.values.equals(values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names, values);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
