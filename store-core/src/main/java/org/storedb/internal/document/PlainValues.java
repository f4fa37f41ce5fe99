package org.storedb.internal.document;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Year;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * The few classes of plain values that everything is converted to before it is stored or compared: null,
 * {@code Boolean}, {@code Long}, {@code Double}, {@code BigInteger}, {@code BigDecimal}, {@code String},
 * {@code byte[]}, {@code List} and {@code Map} with string keys.
 */
public final class PlainValues {

    private PlainValues() {}

    /**
     * Returns the plain form of any value that a document can hold; lists and maps are copied.
     *
     * @throws InvalidDocumentException for an object of another class, a number that is not finite or too long, text
     *     with an unpaired surrogate, nesting that is too deep, or a point in time beyond the years 0 to 9999
     */
    public static @Nullable Object of(@Nullable Object value) {
        return of(value, 1);
    }

    private static @Nullable Object of(@Nullable Object value, int depth) {
        if (value instanceof String text) { // Most are.
            return wellFormed(text);
        }
        Object scalar = scalar(value);
        if (scalar instanceof DocumentValue stored) {
            return of(stored.toObject(), depth);
        }
        if (scalar instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        return scalar != null && (scalar instanceof Iterable<?> || isArray(scalar)) ? list(scalar, depth) : scalar;
    }

    /**
     * Returns the plain form of a value that contains no others; maps, iterables and arrays are returned unchanged, and
     * JSON nodes as what they represent.
     */
    @SuppressWarnings("JavaUtilDate") // Users' classes contain dates.
    static @Nullable Object scalar(@Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof byte[]
                || value instanceof Map
                || value instanceof Collection<?>
                || value instanceof DocumentValue) {
            return value;
        }
        if (value instanceof String text) {
            return wellFormed(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Character || value instanceof UUID) {
            return wellFormed(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Year year) {
            return (long) year.getValue(); // As in objects of classes.
        }
        if (value instanceof TemporalAccessor temporal) {
            return TemporalText.of(temporal);
        }
        if (value instanceof Date date) {
            return TemporalText.of(Instant.ofEpochMilli(date.getTime()));
        }
        if (value instanceof Optional<?> optional) {
            return scalar(optional.orElse(null));
        }
        if (value instanceof JsonNode node) {
            return scalar(node(node));
        }
        boolean iterable = value instanceof Iterable<?> && !(value instanceof Path); // Its names are paths again.
        if (iterable || isArray(value)) {
            return value;
        }
        throw new InvalidDocumentException("A document cannot hold a value of " + value.getClass()
                + "; convert it to a string, a number, a boolean, a list or a map first");
    }

    /** Returns the value of a JSON node, leaving the nodes below it unchanged. */
    private static @Nullable Object node(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> fields = new LinkedHashMap<>();
                node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
                yield fields;
            }
            case ARRAY -> {
                List<JsonNode> elements = new ArrayList<>();
                node.forEach(elements::add);
                yield elements;
            }
            case STRING -> node.stringValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case BINARY -> node.binaryValue();
            case POJO -> ((POJONode) node).getPojo();
            case NULL, MISSING -> null;
        };
    }

    static boolean isArray(Object value) {
        return value.getClass().isArray() && !(value instanceof byte[]);
    }

    static boolean isStorable(BigInteger value) {
        return value.bitLength() < DocumentFormat.BIG_INTEGER_BYTES_MAX * 8;
    }

    static BigInteger checked(BigInteger value) {
        if (!isStorable(value)) {
            throw new InvalidDocumentException("A number of " + value.bitLength()
                    + " bits is too long; a document holds numbers of up to "
                    + (DocumentFormat.BIG_INTEGER_BYTES_MAX * 8 - 1) + " bits");
        }
        return value;
    }

    static BigDecimal checked(BigDecimal value) {
        if (value.scale() > DocumentFormat.SCALE_MAX || value.scale() < -DocumentFormat.SCALE_MAX) {
            throw new InvalidDocumentException("A number with scale " + value.scale()
                    + " cannot be stored; the scale must be from -" + DocumentFormat.SCALE_MAX + " to "
                    + DocumentFormat.SCALE_MAX);
        }
        checked(value.unscaledValue());
        return value;
    }

    /** Returns exactly this plain number. */
    public static BigDecimal exact(Number plain) {
        if (plain instanceof BigDecimal decimal) {
            return decimal;
        }
        if (plain instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return plain instanceof Double fraction ? new BigDecimal(fraction) : BigDecimal.valueOf(plain.longValue());
    }

    /**
     * Returns the number, or the nearest one that a document can hold: a sum can have more digits, an average be
     * smaller.
     */
    public static Number storable(Number number) {
        if (number instanceof BigInteger integer && !isStorable(integer)) {
            return storable(new BigDecimal(integer));
        }
        return number instanceof BigDecimal decimal ? storable(decimal) : number;
    }

    private static BigDecimal storable(BigDecimal value) {
        int scaleMax = DocumentFormat.SCALE_MAX;
        if (Math.abs((long) value.scale()) <= scaleMax && isStorable(value.unscaledValue())) {
            return value;
        }
        BigDecimal rounded = value.setScale(Math.min(value.scale(), scaleMax), RoundingMode.UP)
                .round(new MathContext(DocumentFormat.DIGITS_MAX, RoundingMode.UP));
        if (rounded.scale() >= -scaleMax) {
            return rounded;
        }
        if (rounded.precision() - rounded.scale() <= DocumentFormat.DIGITS_MAX + scaleMax) {
            return rounded.setScale(-scaleMax);
        }
        BigInteger largest = BigInteger.ONE
                .shiftLeft(DocumentFormat.BIG_INTEGER_BYTES_MAX * 8 - 1)
                .subtract(BigInteger.ONE);
        return new BigDecimal(value.signum() < 0 ? largest.negate() : largest, -scaleMax);
    }

    static double checked(double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidDocumentException("A document cannot hold the number " + value);
        }
        return value;
    }

    /**
     * Returns the double with the same shortest decimal form: 0.1f becomes 0.1, not 0.10000000149. Converted back to
     * float it is {@code value} again. {@code Float.toString} has more digits for some before Java 19.
     */
    static double widened(float value) {
        return Float.isFinite(value) ? Double.parseDouble(NumberOutput.toString(value, true)) : value;
    }

    static String name(@Nullable Object key) {
        if (key instanceof String
                || key instanceof Enum<?>
                || key instanceof UUID
                || key instanceof Integer
                || key instanceof Long) {
            return wellFormed(key instanceof Enum<?> constant ? constant.name() : key.toString());
        }
        throw new InvalidDocumentException(
                "A field's name must be a string, not " + (key == null ? "null" : "of " + key.getClass()));
    }

    private static void checkDepth(int depth) {
        if (depth > DocumentFormat.DEPTH_MAX) {
            throw tooDeep(DocumentFormat.DEPTH_MAX);
        }
    }

    static InvalidDocumentException tooDeep(int levels) {
        return new InvalidDocumentException(
                "The document is nested deeper than " + levels + " levels, or contains itself");
    }

    private static String wellFormed(String text) {
        if (Utf8.length(text) == Utf8.MALFORMED) {
            throw halfPair();
        }
        return text;
    }

    static InvalidDocumentException halfPair() {
        return new InvalidDocumentException("The text contains half of a surrogate pair and cannot be stored as UTF-8");
    }

    private static Number number(Number number) {
        if (number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong) {
            return number.longValue();
        }
        if (number instanceof Double) {
            return checked(number.doubleValue());
        }
        if (number instanceof Float) {
            return checked(widened(number.floatValue()));
        }
        if (number instanceof BigInteger integer) {
            return checked(integer);
        }
        if (number instanceof BigDecimal decimal) {
            return checked(decimal);
        }
        throw new InvalidDocumentException("A document cannot hold a number of " + number.getClass()
                + "; convert it to a long, double, BigInteger or BigDecimal first");
    }

    private static List<@Nullable Object> list(Object elements, int depth) {
        checkDepth(depth);
        List<@Nullable Object> list = new ArrayList<>();
        if (elements instanceof Iterable<?> iterable) {
            for (Object element : iterable) {
                list.add(of(element, depth + 1));
            }
        } else {
            for (int index = 0; index < Array.getLength(elements); index++) {
                list.add(of(Array.get(elements, index), depth + 1));
            }
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> entries, int depth) {
        checkDepth(depth);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            String name = name(key);
            if (map.containsKey(name)) {
                throw new InvalidDocumentException("A map has two keys that become the field \"" + name + "\"");
            }
            map.put(name, of(value, depth + 1));
        });
        return map;
    }
}
