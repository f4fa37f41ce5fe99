package org.storedb.spring.data.core.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.ValueType;

/**
 * A value extracted from a document as plain Java, such as that of a row, that can be read like one inside the
 * document.
 */
record PlainValue(@Nullable Object plain) implements DocumentValue {

    @Override
    public ValueType type() {
        if (plain == null) {
            return ValueType.NULL;
        }
        if (plain instanceof Boolean) {
            return ValueType.BOOLEAN;
        }
        if (plain instanceof Number) {
            return ValueType.NUMBER;
        }
        if (plain instanceof String) {
            return ValueType.STRING;
        }
        if (plain instanceof List) {
            return ValueType.ARRAY;
        }
        return plain instanceof Map ? ValueType.OBJECT : ValueType.BINARY;
    }

    @Override
    public boolean asBoolean() {
        return as(Boolean.class);
    }

    @Override
    public long asLong() {
        Number number = as(Number.class);
        return number instanceof Long || number instanceof Integer
                ? number.longValue()
                : decimal(number).longValueExact();
    }

    @Override
    public double asDouble() {
        return as(Number.class).doubleValue();
    }

    @Override
    public BigInteger asBigInteger() {
        return decimal(as(Number.class)).toBigIntegerExact();
    }

    @Override
    public BigDecimal asBigDecimal() {
        return decimal(as(Number.class));
    }

    @Override
    public String asString() {
        return as(String.class);
    }

    @Override
    public byte[] asBinary() {
        return as(byte[].class).clone();
    }

    @Override
    public int size() {
        return plain instanceof Map<?, ?> fields
                ? fields.size()
                : as(List.class).size();
    }

    @Override
    public DocumentValue element(int index) {
        return new PlainValue(as(List.class).get(index));
    }

    @Override
    public @Nullable DocumentValue field(String name) {
        Map<?, ?> fields = as(Map.class);
        return fields.containsKey(name) ? new PlainValue(fields.get(name)) : null;
    }

    @Override
    public void forEachField(BiConsumer<? super String, ? super DocumentValue> action) {
        Map<?, ?> fields = as(Map.class);
        fields.forEach((name, value) -> action.accept((String) name, new PlainValue(value)));
    }

    @Override
    public @Nullable Object toObject() {
        return plain;
    }

    private <T> T as(Class<T> wanted) {
        if (wanted.isInstance(plain)) {
            return wanted.cast(plain);
        }
        throw new IllegalStateException("a value of type %s is not a %s".formatted(type(), wanted.getSimpleName()));
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue())
                : BigDecimal.valueOf(number.longValue());
    }
}
