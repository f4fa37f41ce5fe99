package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.FieldNames;
import org.storedb.document.ValueType;

/**
 * A value within the bytes of a stored document, see {@link DocumentFormat}. Nothing is decoded before it is needed.
 * Bytes that are not a document cause a {@link MalformedDocumentException} when they are reached: each read is checked
 * against the bytes of the enclosing value, and what is inside a value always lies after its start.
 */
public final class EncodedValue implements DocumentValue {

    private final byte[] bytes;
    private final int position;
    private final int limit;
    private final FieldDictionary dictionary;

    private EncodedValue(byte[] bytes, int position, int limit, FieldDictionary dictionary) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
        this.dictionary = dictionary;
    }

    /** Returns the object that {@code bytes} contain; they are not copied and must not be changed. */
    public static EncodedValue document(byte[] bytes, FieldDictionary dictionary) {
        if (bytes.length <= DocumentFormat.VERSION_BYTES) {
            throw new MalformedDocumentException("A document must have at least 2 bytes, not " + bytes.length);
        }
        if (bytes[0] != DocumentFormat.VERSION) {
            throw new MalformedDocumentException("Document format " + (bytes[0] & 0xFF)
                    + " is not known to this version, which reads format " + DocumentFormat.VERSION);
        }
        EncodedValue document = new EncodedValue(bytes, DocumentFormat.VERSION_BYTES, bytes.length, dictionary);
        if (document.type() != ValueType.OBJECT) {
            throw new MalformedDocumentException("A document must be an object, not of type " + document.type());
        }
        return document;
    }

    @Override
    public ValueType type() {
        int tag = tag();
        ValueType type = DocumentFormat.type(tag);
        if (type == null) {
            throw new MalformedDocumentException("Unknown value tag " + tag + ", at byte " + position);
        }
        return type;
    }

    @Override
    public boolean asBoolean() {
        expect(ValueType.BOOLEAN);
        return tag() == DocumentFormat.TRUE;
    }

    /** Returns whether this is a whole number that was stored as one and fits a {@code long}. */
    public boolean isLong() {
        int tag = tag();
        return (tag >= DocumentFormat.INT_8 && tag <= DocumentFormat.INT_64)
                || (tag >= DocumentFormat.SMALL_INT && tag < DocumentFormat.SHORT_STRING);
    }

    /** Returns whether this is a number that was stored as {@code double}. */
    public boolean isDouble() {
        return tag() == DocumentFormat.DOUBLE;
    }

    /** Returns whether this is a number that was stored as {@code BigDecimal}. */
    public boolean isDecimal() {
        int tag = tag();
        return tag == DocumentFormat.DECIMAL || tag == DocumentFormat.DECIMAL_WIDE;
    }

    @Override
    public long asLong() {
        expect(ValueType.NUMBER);
        return isLong()
                ? BoundedBytes.longAt(bytes, position, limit)
                : asBigDecimal().longValueExact();
    }

    @Override
    public double asDouble() {
        expect(ValueType.NUMBER);
        if (isLong()) {
            return BoundedBytes.longAt(bytes, position, limit);
        }
        return isDouble() ? doubleBits() : asBigDecimal().doubleValue();
    }

    @Override
    public BigInteger asBigInteger() {
        expect(ValueType.NUMBER);
        return isDouble() || isDecimal()
                ? asBigDecimal().toBigIntegerExact()
                : BoundedBytes.integerAt(bytes, position, limit);
    }

    @Override
    public BigDecimal asBigDecimal() {
        expect(ValueType.NUMBER);
        if (isLong()) {
            return BigDecimal.valueOf(BoundedBytes.longAt(bytes, position, limit));
        }
        if (isDouble()) {
            return new BigDecimal(finite(doubleBits()));
        }
        if (!isDecimal()) {
            return new BigDecimal(BoundedBytes.integerAt(bytes, position, limit));
        }
        int scaleBytes = tag() == DocumentFormat.DECIMAL ? 1 : 4;
        BoundedBytes.require(position + 1L, scaleBytes, limit);
        int scale = scaleBytes == 1 ? bytes[position + 1] : BigEndian.getInt(bytes, position + 1);
        if (scale > DocumentFormat.SCALE_MAX || scale < -DocumentFormat.SCALE_MAX) {
            throw new MalformedDocumentException("Invalid decimal scale " + scale + ", at byte " + position);
        }
        return new BigDecimal(BoundedBytes.integerAt(bytes, position + 1 + scaleBytes, limit), scale);
    }

    @Override
    public String asString() {
        expect(ValueType.STRING);
        int start = contentStart();
        return new String(bytes, start, contentEnd(start) - start, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] asBinary() {
        expect(ValueType.BINARY);
        int start = contentStart();
        return Arrays.copyOfRange(bytes, start, contentEnd(start));
    }

    @Override
    public int size() {
        ValueType type = type();
        if (type != ValueType.ARRAY && type != ValueType.OBJECT) {
            throw new IllegalStateException("A value of type " + type + " has no size");
        }
        return table().count();
    }

    @Override
    public EncodedValue element(int index) {
        expect(ValueType.ARRAY);
        ValueTable table = table();
        if (index < 0 || index >= table.count()) {
            throw new IndexOutOfBoundsException("Element " + index + " of an array of " + table.count());
        }
        return element(table, index);
    }

    @Override
    public void forEachElement(Consumer<? super DocumentValue> action) {
        expect(ValueType.ARRAY);
        ValueTable table = table();
        for (int index = 0; index < table.count(); index++) {
            action.accept(element(table, index));
        }
    }

    @Override
    public @Nullable EncodedValue field(String name) {
        return field(dictionary.find(name), name);
    }

    /** Like {@link #field(String)}, for callers that know the id of the name, or that it has none. */
    @Nullable
    EncodedValue field(int id, String name) {
        expect(ValueType.OBJECT);
        ValueTable table = table();
        EncodedValue found = id == FieldDictionary.UNKNOWN ? null : fieldWithId(table, id);
        return found == null ? inlineField(table, name) : found;
    }

    @Override
    public EncodedFields fields(FieldNames names) {
        expect(ValueType.OBJECT);
        return new EncodedFields(this, table(), limit, dictionary.idsOf(names));
    }

    @Override
    public void forEachField(BiConsumer<? super String, ? super DocumentValue> action) {
        expect(ValueType.OBJECT);
        ValueTable table = table();
        long[] entries = table.inWrittenOrder();
        for (int at = 0; at < entries.length; at++) {
            int entry = (int) entries[at];
            int start = (int) (entries[at] >>> Integer.SIZE);
            int end = at + 1 < entries.length ? (int) (entries[at + 1] >>> Integer.SIZE) : limit;
            if (start >= end) {
                throw new MalformedDocumentException("Two fields share byte " + start);
            }
            EncodedValue value = at(start, end);
            if (table.isInline(entry)) {
                action.accept(value.inlineName(), value.following());
            } else {
                action.accept(dictionary.nameOf(table.id(entry)), value);
            }
        }
    }

    /** Compares this string with one in UTF-8, by code point. */
    public int compareText(byte[] utf8) {
        expect(ValueType.STRING);
        int start = contentStart();
        return Arrays.compareUnsigned(bytes, start, contentEnd(start), utf8, 0, utf8.length);
    }

    /** Returns whether this string begins with one in UTF-8. */
    public boolean startsWithText(byte[] utf8) {
        expect(ValueType.STRING);
        int start = contentStart();
        int end = start + utf8.length;
        return end <= contentEnd(start) && Arrays.equals(bytes, start, end, utf8, 0, utf8.length);
    }

    /** Returns whether this string ends with one in UTF-8. */
    public boolean endsWithText(byte[] utf8) {
        expect(ValueType.STRING);
        int start = contentStart();
        int end = contentEnd(start);
        return end - start >= utf8.length && Arrays.equals(bytes, end - utf8.length, end, utf8, 0, utf8.length);
    }

    @Override
    public @Nullable Object toObject() {
        return toObject(1);
    }

    @Override
    public String toString() {
        return String.valueOf(toObject());
    }

    /** Returns how many bytes this value keeps in memory: those of the whole document. */
    public int byteCount() {
        return bytes.length;
    }

    /** Returns the bytes that contain this value. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where the UTF-8 of a string or the bytes of a binary begin in {@link #bytes}. */
    int contentStart() {
        int tag = tag();
        return position + 1 + (tag >= DocumentFormat.SHORT_STRING ? 0 : DocumentFormat.width(tag));
    }

    /** Returns where a string or binary that begins at {@code start} ends. */
    int contentEnd(int start) {
        int tag = tag();
        int length;
        if (tag >= DocumentFormat.SHORT_STRING) {
            length = tag - DocumentFormat.SHORT_STRING;
        } else {
            length = BoundedBytes.lengthAt(bytes, position + 1, DocumentFormat.width(tag), limit);
        }
        BoundedBytes.require(start, length, limit);
        return start + length;
    }

    private @Nullable Object toObject(int depth) {
        return switch (type()) {
            case NULL -> null;
            case BOOLEAN -> asBoolean();
            case NUMBER -> toNumber();
            case STRING -> asString();
            case BINARY -> asBinary();
            case ARRAY -> toList(depth);
            case OBJECT -> toMap(depth);
        };
    }

    private Number toNumber() {
        if (isLong()) {
            long value = BoundedBytes.longAt(bytes, position, limit);
            if (value == (int) value) {
                return (int) value;
            }
            return value;
        }
        if (isDouble()) {
            return finite(doubleBits());
        }
        return isDecimal() ? asBigDecimal() : BoundedBytes.integerAt(bytes, position, limit);
    }

    private List<@Nullable Object> toList(int depth) {
        checkDepth(depth);
        List<@Nullable Object> list = new ArrayList<>(size());
        forEachElement(element -> list.add(((EncodedValue) element).toObject(depth + 1)));
        return list;
    }

    private Map<String, @Nullable Object> toMap(int depth) {
        checkDepth(depth);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        forEachField((name, value) -> map.put(name, ((EncodedValue) value).toObject(depth + 1)));
        return map;
    }

    private EncodedValue element(ValueTable table, int index) {
        int start = table.valueStart(index);
        int end = index + 1 < table.count() ? table.valueStart(index + 1) : limit;
        if (start >= end) {
            throw new MalformedDocumentException("Two elements share byte " + start);
        }
        return at(start, end);
    }

    private @Nullable EncodedValue fieldWithId(ValueTable table, int id) {
        int low = 0;
        int high = table.count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(table.id(middle), id);
            if (order == 0) {
                return table.isInline(middle) ? null : at(table.valueStart(middle), limit);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private @Nullable EncodedValue inlineField(ValueTable table, String name) {
        for (int entry = table.count() - 1; entry >= 0 && table.isInline(entry); entry--) {
            EncodedValue inlineName = at(table.valueStart(entry), limit);
            if (inlineName.inlineName().equals(name)) {
                return inlineName.following();
            }
        }
        return null;
    }

    private String inlineName() {
        if (type() != ValueType.STRING) {
            throw new MalformedDocumentException("A field name cannot be of type " + type() + ", at byte " + position);
        }
        return asString();
    }

    /** Returns the value after this string. */
    private EncodedValue following() {
        return at(contentEnd(contentStart()), limit);
    }

    /** Returns the value between two positions in the same bytes. */
    EncodedValue at(int start, int end) {
        return new EncodedValue(bytes, start, end, dictionary);
    }

    private double doubleBits() {
        BoundedBytes.require(position + 1L, 8, limit);
        return Double.longBitsToDouble(BigEndian.getLong(bytes, position + 1));
    }

    private double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new MalformedDocumentException(
                    "A document cannot hold the number " + value + ", at byte " + position);
        }
        return value;
    }

    private ValueTable table() {
        int tag = tag();
        int width = DocumentFormat.width(tag);
        int idWidth = tag < DocumentFormat.OBJECT ? 0 : DocumentFormat.idWidth(tag);
        int count = BoundedBytes.lengthAt(bytes, position + 1, width, limit);
        int start = position + 1 + width;
        long tableBytes = (long) count * (idWidth + width);
        BoundedBytes.require(start, tableBytes, limit);
        return new ValueTable(bytes, limit, start, count, idWidth, width);
    }

    private int tag() {
        return BoundedBytes.tagAt(bytes, position, limit);
    }

    private void expect(ValueType expected) {
        ValueType actual = type();
        if (actual != expected) {
            throw new IllegalStateException("The value is of type " + actual + ", not " + expected);
        }
    }

    private static void checkDepth(int depth) {
        if (depth > DocumentFormat.DEPTH_MAX) {
            throw new MalformedDocumentException("The document is nested deeper than " + DocumentFormat.DEPTH_MAX);
        }
    }
}
