package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;

/** Appends values in their ordered form, see {@link KeyFormat}, to a growing key. Reusable after {@link #reset}. */
public final class KeyEncoder {

    /** Doubles represent every whole number up to this one. */
    private static final long WHOLE_DOUBLES_MAX = 1L << 53;

    private byte[] buffer = new byte[64];
    private int size;

    /** Returns the ordered form of one value of any class that a document can hold. */
    public static byte[] encode(@Nullable Object value) {
        return new KeyEncoder().append(PlainValues.of(value)).toBytes();
    }

    /** Returns the ordered form of a stored value; {@code null} stands for a missing one and counts as null. */
    public static byte[] encode(@Nullable EncodedValue value) {
        return new KeyEncoder().append(value).toBytes();
    }

    /** Returns the ordered form of one value of any class, ignoring case if it is a string. */
    public static byte[] encodeFolded(@Nullable Object value) {
        Object plain = PlainValues.of(value);
        return new KeyEncoder()
                .append(plain instanceof String text ? (Object) LetterCase.fold(text) : plain)
                .toBytes();
    }

    /** Returns the prefix that the ordered forms of all strings with this prefix, and only those, share. */
    public static byte[] encodeStringPrefix(String prefix) {
        KeyEncoder encoder = new KeyEncoder();
        encoder.put(KeyFormat.STRING);
        encoder.appendText(prefix);
        return encoder.toBytes();
    }

    /**
     * Returns the byte that the ordered forms of all values of a type, and only those, begin with; of booleans the
     * first.
     */
    public static byte firstByte(ValueType type) {
        return switch (type) {
            case NULL -> KeyFormat.NULL;
            case BOOLEAN -> KeyFormat.FALSE;
            case NUMBER -> KeyFormat.NUMBER;
            case STRING -> KeyFormat.STRING;
            case BINARY -> KeyFormat.BINARY;
            case ARRAY -> KeyFormat.ARRAY;
            case OBJECT -> KeyFormat.OBJECT;
        };
    }

    public KeyEncoder reset() {
        size = 0;
        return this;
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Inverts the order of everything from byte {@code from} on. */
    public KeyEncoder invertFrom(int from) {
        for (int at = from; at < size; at++) {
            buffer[at] = (byte) ~buffer[at];
        }
        return this;
    }

    /** Appends bytes as they are. */
    public KeyEncoder appendBytes(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    public KeyEncoder appendByte(int value) {
        put(value);
        return this;
    }

    /** Appends a stored value; {@code null} stands for a missing one and counts as null. */
    public KeyEncoder append(@Nullable EncodedValue value) {
        if (value == null) {
            put(KeyFormat.NULL);
            return this;
        }
        switch (value.type()) {
            case NULL -> put(KeyFormat.NULL);
            case BOOLEAN -> put(value.asBoolean() ? KeyFormat.TRUE : KeyFormat.FALSE);
            case NUMBER -> appendStoredNumber(value);
            case STRING -> appendStoredBytes(KeyFormat.STRING, value);
            case BINARY -> appendStoredBytes(KeyFormat.BINARY, value);
            case ARRAY, OBJECT -> append(value.toObject());
        }
        return this;
    }

    /** Like {@link #append(EncodedValue)}, but ignores the case of a string. */
    public KeyEncoder appendFolded(@Nullable EncodedValue value) {
        if (value != null && value.type() == ValueType.STRING) {
            Object folded = LetterCase.fold(value.asString());
            return append(folded);
        }
        return append(value);
    }

    /** Appends a value of one of the classes that {@link PlainValues} and {@link EncodedValue#toObject} return. */
    public KeyEncoder append(@Nullable Object plain) {
        if (plain == null) {
            put(KeyFormat.NULL);
        } else if (plain instanceof Boolean truth) {
            put(truth ? KeyFormat.TRUE : KeyFormat.FALSE);
        } else if (plain instanceof Number number) {
            appendNumber(number);
        } else if (plain instanceof String text) {
            put(KeyFormat.STRING);
            appendText(text);
            put(KeyFormat.END);
        } else if (plain instanceof byte[] bytes) {
            put(KeyFormat.BINARY);
            appendEscaped(bytes, 0, bytes.length);
            put(KeyFormat.END);
        } else if (plain instanceof List<?> list) {
            put(KeyFormat.ARRAY);
            list.forEach(this::append);
            put(KeyFormat.END);
        } else if (plain instanceof Map<?, ?> map) {
            appendMap(map);
        } else {
            throw new IllegalArgumentException("No ordered form of " + plain.getClass());
        }
        return this;
    }

    /** Appends fields in the order of their names' ordered forms, which is not that of {@code String.compareTo}. */
    private void appendMap(Map<?, ?> map) {
        TreeMap<byte[], @Nullable Object> ordered = new TreeMap<>(Arrays::compareUnsigned);
        map.forEach((name, value) -> ordered.put(new KeyEncoder().append(name).toBytes(), value));
        put(KeyFormat.OBJECT);
        ordered.forEach((name, value) -> appendBytes(name).append(value));
        put(KeyFormat.END);
    }

    private void appendStoredNumber(EncodedValue value) {
        if (value.isLong()) {
            appendLong(value.asLong());
        } else if (value.isDouble()) {
            appendDouble(value.asDouble());
        } else {
            appendDecimal(value.asBigDecimal());
        }
    }

    private void appendNumber(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            appendLong(number.longValue());
        } else if (number instanceof Double) {
            appendDouble(number.doubleValue());
        } else if (number instanceof BigInteger integer) {
            appendDecimal(new BigDecimal(integer));
        } else if (number instanceof BigDecimal decimal) {
            appendDecimal(decimal);
        } else {
            throw new IllegalArgumentException("No ordered form of " + number.getClass());
        }
    }

    private void appendLong(long value) {
        if (value >= -WHOLE_DOUBLES_MAX && value <= WHOLE_DOUBLES_MAX) {
            appendDouble((double) value);
        } else {
            appendDecimal(BigDecimal.valueOf(value));
        }
    }

    private void appendDouble(double value) {
        if (!Double.isFinite(value)) {
            throw new MalformedDocumentException("A document cannot hold the number " + value);
        }
        appendNearest(value, KeyFormat.EXACT);
    }

    private void appendNearest(double nearest, byte marker) {
        ensure(KeyFormat.NUMBER_BYTES);
        buffer[size] = KeyFormat.NUMBER;
        BigEndian.putLong(buffer, size + 1, KeyFormat.orderedBits(nearest == 0 ? 0.0 : nearest)); // -0.0 becomes 0.0.
        buffer[size + KeyFormat.NUMBER_BYTES - 1] = marker;
        size += KeyFormat.NUMBER_BYTES;
    }

    private void appendDecimal(BigDecimal value) {
        double nearest = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value.doubleValue()));
        int order = value.compareTo(new BigDecimal(nearest));
        if (order == 0) {
            appendNearest(nearest, KeyFormat.EXACT);
            return;
        }
        appendNearest(nearest, order < 0 ? KeyFormat.BELOW : KeyFormat.ABOVE);
        int start = size;
        BigDecimal stripped = value.abs().stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        ensure(4 + digits.length() / 2 + 2);
        BigEndian.putInt(buffer, size, (digits.length() - stripped.scale()) ^ Integer.MIN_VALUE);
        size += 4;
        for (int at = 0; at < digits.length(); at += 2) {
            int first = digits.charAt(at) - '0';
            int second = at + 1 < digits.length() ? digits.charAt(at + 1) - '0' : 0;
            put(10 * first + second + 1);
        }
        put(KeyFormat.END);
        if (value.signum() < 0) {
            invertFrom(start);
        }
    }

    private void appendStoredBytes(byte type, EncodedValue value) {
        int start = value.contentStart();
        int end = value.contentEnd(start);
        put(type);
        appendEscaped(value.bytes(), start, end);
        put(KeyFormat.END);
    }

    private void appendText(String text) {
        byte[] bytes = new byte[Utf8.length(text)];
        Utf8.write(text, bytes, 0);
        appendEscaped(bytes, 0, bytes.length);
    }

    private void appendEscaped(byte[] bytes, int from, int to) {
        ensure(2L * (to - from));
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            if (value == KeyFormat.END) {
                buffer[size++] = KeyFormat.ESCAPE;
                buffer[size++] = KeyFormat.ESCAPED_END;
            } else if (value == KeyFormat.ESCAPE) {
                buffer[size++] = KeyFormat.ESCAPE;
                buffer[size++] = KeyFormat.ESCAPED_ESCAPE;
            } else {
                buffer[size++] = value;
            }
        }
    }

    private void put(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    private void ensure(long more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.toIntExact(Math.max(size + more, buffer.length * 2L)));
        }
    }
}
