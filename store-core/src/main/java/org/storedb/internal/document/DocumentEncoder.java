package org.storedb.internal.document;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.error.InvalidDocumentException;

/**
 * Writes documents in the stored layout, see {@link DocumentFormat}. The values of an object or array are written as
 * they arrive; at its end they are moved up to make room for the table, whose size is known only then. One encoder can
 * write any number of documents, one after another: {@link #reset}, write, {@link #toBytes}.
 */
public final class DocumentEncoder implements DocumentWriter {

    private static final int NO_ID = Integer.MAX_VALUE; // Sorts after all ids; see orderById.
    private static final int NO_NAME = -1;

    private final FieldDictionary dictionary;
    private final KnownFieldIds fieldIds;
    private final DocumentBounds bounds;
    private final List<OpenContainer> containers = new ArrayList<>();
    private @Nullable OpenContainer current; // The innermost open one.
    private int depth;
    private int nameId = NO_NAME; // The id of the name of the next value, NO_ID if it has none.
    private String inlineName = ""; // The name without an id.
    private byte[] buffer = new byte[512];
    private int size;
    private long[] entries = new long[32]; // id and offset of the fields of all open containers
    private int entryCount;
    private int fieldCount; // of the whole document

    public DocumentEncoder(FieldDictionary dictionary) {
        this(dictionary, DocumentBounds.WIDEST);
    }

    /**
     * Creates an encoder of documents within bounds.
     *
     * @param bounds anything beyond them is refused before memory is allocated for it
     */
    public DocumentEncoder(FieldDictionary dictionary, DocumentBounds bounds) {
        this.dictionary = dictionary;
        this.fieldIds = new KnownFieldIds(dictionary);
        this.bounds = bounds;
        reset();
    }

    /** Discards what was written. Also necessary after an exception. */
    public void reset() {
        depth = 0;
        current = null;
        nameId = NO_NAME;
        fieldCount = 0;
        entryCount = 0;
        buffer[0] = DocumentFormat.VERSION;
        size = DocumentFormat.VERSION_BYTES;
    }

    /** Returns the approximate memory that it retains for further documents. */
    int capacityBytes() {
        return buffer.length + Long.BYTES * entries.length;
    }

    /** Returns the document, which must be complete. */
    public byte[] toBytes() {
        if (depth > 0 || size == DocumentFormat.VERSION_BYTES) {
            throw new IllegalStateException("The document is not complete");
        }
        bounds.requireBytes(size);
        return Arrays.copyOf(buffer, size);
    }

    @Override
    public void startObject() {
        open(true);
    }

    @Override
    public void endObject() {
        close(true);
    }

    @Override
    public void startArray() {
        open(false);
    }

    @Override
    public void endArray() {
        close(false);
    }

    @Override
    public void name(String name) {
        OpenContainer container = current;
        if (container == null || !container.object || nameId != NO_NAME) {
            throw new IllegalStateException("There is no place for the field name \"" + name + "\"");
        }
        bounds.requireFields(++fieldCount);
        nameId = fieldIds.find(name, fieldCount);
        if (nameId == FieldDictionary.UNKNOWN) {
            nameId = idOfNewName(name, container);
        }
    }

    private int idOfNewName(String name, OpenContainer container) {
        if (Utf8.length(name) == Utf8.MALFORMED) {
            throw at(PlainValues.halfPair());
        }
        int id = fieldIds.idOf(name);
        if (id != FieldDictionary.UNKNOWN) {
            return id;
        }
        if (!container.inlineNames().add(name)) {
            throw duplicate(name);
        }
        inlineName = name;
        return NO_ID;
    }

    @Override
    public void writeNull() {
        startValue();
        put(DocumentFormat.NULL);
    }

    @Override
    public void writeBoolean(boolean value) {
        startValue();
        put(value ? DocumentFormat.TRUE : DocumentFormat.FALSE);
    }

    @Override
    public void writeLong(long value) {
        startValue();
        putLong(value);
    }

    @Override
    public void writeDouble(double value) {
        checkFinite(value);
        startValue();
        ensure(9);
        buffer[size] = DocumentFormat.DOUBLE;
        BigEndian.putLong(buffer, size + 1, Double.doubleToLongBits(value));
        size += 9;
    }

    @Override
    public void writeBigInteger(BigInteger value) {
        try {
            PlainValues.checked(value);
        } catch (InvalidDocumentException e) {
            throw at(e);
        }
        startValue();
        putInteger(value);
    }

    @Override
    public void writeBigDecimal(BigDecimal value) {
        try {
            PlainValues.checked(value);
        } catch (InvalidDocumentException e) {
            throw at(e);
        }
        startValue();
        ensure(5);
        int scale = value.scale();
        if (scale == (byte) scale) {
            put(DocumentFormat.DECIMAL);
            put(scale);
        } else {
            buffer[size] = DocumentFormat.DECIMAL_WIDE;
            BigEndian.putInt(buffer, size + 1, scale);
            size += 5;
        }
        putInteger(value.unscaledValue());
    }

    @Override
    public void writeString(String value) {
        int length = Utf8.length(value);
        if (length == Utf8.MALFORMED) {
            throw at(PlainValues.halfPair());
        }
        startValue();
        putString(value, length);
    }

    @Override
    public void writeBinary(byte[] value) {
        startValue();
        putHeader(DocumentFormat.BINARY, value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    @Override
    public void writeValue(@Nullable Object value) {
        Object plain;
        try {
            plain = PlainValues.scalar(value);
        } catch (InvalidDocumentException e) {
            throw at(e);
        }
        if (plain == null) {
            writeNull();
        } else if (plain instanceof String text) {
            writeString(text);
        } else if (plain instanceof Long number) {
            writeLong(number);
        } else if (plain instanceof Boolean truth) {
            writeBoolean(truth);
        } else if (plain instanceof Double number) {
            writeDouble(number);
        } else if (plain instanceof BigDecimal number) {
            writeBigDecimal(number);
        } else if (plain instanceof BigInteger number) {
            writeBigInteger(number);
        } else if (plain instanceof byte[] bytes) {
            writeBinary(bytes);
        } else {
            writeContainer(plain);
        }
    }

    private void writeContainer(Object container) {
        if (container instanceof DocumentValue stored) {
            writeStored(stored);
        } else if (container instanceof Map<?, ?> map) {
            startObject();
            map.forEach((key, value) -> {
                name(PlainValues.name(key));
                writeValue(value);
            });
            endObject();
        } else {
            startArray();
            if (container instanceof Iterable<?> elements) {
                elements.forEach(this::writeValue);
            } else {
                for (int index = 0; index < Array.getLength(container); index++) {
                    writeValue(Array.get(container, index));
                }
            }
            endArray();
        }
    }

    private void writeStored(DocumentValue stored) {
        switch (stored.type()) {
            case OBJECT -> {
                startObject();
                stored.forEachField((name, value) -> {
                    name(name);
                    writeStored(value);
                });
                endObject();
            }
            case ARRAY -> {
                startArray();
                for (int index = 0; index < stored.size(); index++) {
                    writeStored(stored.element(index));
                }
                endArray();
            }
            default -> writeValue(stored.toObject());
        }
    }

    private void open(boolean object) {
        if (depth == bounds.nestingMax()) {
            throw at(PlainValues.tooDeep(depth));
        }
        if (depth == 0 && !object) {
            throw new InvalidDocumentException("A document must be an object, not an array");
        }
        if (depth > 0 || size > DocumentFormat.VERSION_BYTES) {
            startValue();
        }
        if (depth == containers.size()) {
            containers.add(new OpenContainer());
        }
        OpenContainer opened = containers.get(depth++);
        opened.open(object, size, entryCount);
        current = opened;
    }

    private void startValue() {
        OpenContainer container = current;
        if (container == null) {
            throw noPlaceForValue();
        }
        int offset = size - container.start;
        long id = 0;
        if (container.object) {
            id = nameId;
            if (id == NO_NAME) {
                throw new IllegalStateException("A value in an object needs a name first");
            }
            if (id == NO_ID) {
                putString(inlineName, Utf8.length(inlineName));
                container.lastInlineName = inlineName;
            }
            container.ascending &= nameId > container.lastId;
            container.lastId = nameId;
            nameId = NO_NAME;
        }
        if (entryCount == entries.length) {
            entries = Arrays.copyOf(entries, entryCount * 2);
        }
        entries[entryCount++] = (id << 32) | offset;
    }

    private RuntimeException noPlaceForValue() {
        return size > DocumentFormat.VERSION_BYTES
                ? new IllegalStateException("The document is complete")
                : new InvalidDocumentException("A document must be an object, not a single value");
    }

    private void close(boolean object) {
        OpenContainer container = current;
        if (container == null || container.object != object || nameId != NO_NAME) {
            throw new IllegalStateException("No " + (object ? "object" : "array") + " can end here");
        }
        int count = entryCount - container.firstEntry;
        int valueBytes = size - container.start;
        int widthCode = DocumentFormat.widthCode(valueBytes);
        int width = 1 << widthCode;
        int idWidthCode = object ? orderById(container) : 0;
        int idWidth = object ? 1 << idWidthCode : 0;
        long tableBytes = 1L + width + (long) count * (idWidth + width);
        ensure(tableBytes);
        System.arraycopy(buffer, container.start, buffer, container.start + (int) tableBytes, valueBytes);
        size += (int) tableBytes;

        int at = container.start;
        int tag = object ? DocumentFormat.objectTag(idWidthCode, widthCode) : DocumentFormat.ARRAY | widthCode;
        buffer[at++] = (byte) tag;
        BigEndian.put(buffer, at, count, width);
        putTable(container.firstEntry, at + width, idWidth, width);
        entryCount = container.firstEntry;
        depth--;
        current = depth == 0 ? null : containers.get(depth - 1);
    }

    private void putTable(int firstEntry, int from, int idWidth, int width) {
        if (idWidth == 1 && width == 1) {
            putNarrowTable(firstEntry, from);
            return;
        }
        int at = from;
        for (int entry = firstEntry; entry < entryCount; entry++) {
            long idAndOffset = entries[entry];
            if (idWidth > 0) {
                int id = (int) (idAndOffset >>> 32);
                BigEndian.put(buffer, at, id == NO_ID ? DocumentFormat.inlineId(idWidth) : id, idWidth);
                at += idWidth;
            }
            BigEndian.put(buffer, at, (int) idAndOffset, width);
            at += width;
        }
    }

    /** Writes the table of a typical object, with one byte for each number. */
    private void putNarrowTable(int firstEntry, int from) {
        int at = from;
        for (int entry = firstEntry; entry < entryCount; entry++) {
            buffer[at++] = (byte) (entries[entry] >>> 32); // NO_ID becomes the id that stands for an inline name.
            buffer[at++] = (byte) entries[entry];
        }
    }

    /** Orders the fields of an object by id and returns the code of the width that the ids need. */
    private int orderById(OpenContainer container) {
        if (container.ascending && container.lastId != NO_ID) {
            return DocumentFormat.idWidthCode(container.lastId); // The usual case: names came in ascending order.
        }
        Arrays.sort(entries, container.firstEntry, entryCount);
        int largestId = 0;
        int previous = -1;
        for (int entry = container.firstEntry; entry < entryCount; entry++) {
            int id = (int) (entries[entry] >>> 32);
            if (id == NO_ID) {
                break;
            }
            if (id == previous) {
                throw duplicate(dictionary.nameOf(id));
            }
            previous = id;
            largestId = id;
        }
        return DocumentFormat.idWidthCode(largestId);
    }

    private void putLong(long value) {
        ensure(9);
        if (value >= DocumentFormat.SMALL_INT_MIN && value <= DocumentFormat.SMALL_INT_MAX) {
            buffer[size++] = (byte) (DocumentFormat.SMALL_INT + (int) value - DocumentFormat.SMALL_INT_MIN);
        } else if (value == (byte) value) {
            buffer[size++] = DocumentFormat.INT_8;
            buffer[size++] = (byte) value;
        } else if (value == (short) value) {
            buffer[size++] = DocumentFormat.INT_16;
            BigEndian.put(buffer, size, (int) value, 2);
            size += 2;
        } else if (value == (int) value) {
            buffer[size++] = DocumentFormat.INT_32;
            BigEndian.putInt(buffer, size, (int) value);
            size += 4;
        } else {
            buffer[size++] = DocumentFormat.INT_64;
            BigEndian.putLong(buffer, size, value);
            size += 8;
        }
    }

    private void putInteger(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            putLong(value.longValue());
            return;
        }
        byte[] bytes = value.toByteArray();
        putHeader(DocumentFormat.BIG_INTEGER, bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void putString(String value, int length) {
        if (length <= DocumentFormat.SHORT_STRING_BYTES_MAX) {
            ensure(1L + length);
            buffer[size++] = (byte) (DocumentFormat.SHORT_STRING + length);
        } else {
            putHeader(DocumentFormat.STRING, length);
        }
        size = Utf8.write(value, length, buffer, size);
    }

    /** Writes tag and length and makes room for the content. */
    private void putHeader(int tag, int length) {
        int widthCode = DocumentFormat.widthCode(length);
        int width = 1 << widthCode;
        ensure(1L + width + length);
        put(tag | widthCode);
        BigEndian.put(buffer, size, length, width);
        size += width;
    }

    private void put(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed <= buffer.length) {
            return;
        }
        bounds.requireBytes(needed);
        buffer = Arrays.copyOf(buffer, (int) Math.min(Math.max(needed, buffer.length * 2L), Integer.MAX_VALUE - 64));
    }

    private void checkFinite(double value) {
        if (!Double.isFinite(value)) {
            throw at(new InvalidDocumentException("A document cannot hold the number " + value));
        }
    }

    private InvalidDocumentException duplicate(String name) {
        return at(new InvalidDocumentException("An object has the field \"" + name + "\" twice"));
    }

    /** Returns the same problem with the path of the field in which it occurred, if any. */
    private InvalidDocumentException at(InvalidDocumentException problem) {
        StringBuilder path = new StringBuilder();
        for (int level = 0; level < depth; level++) {
            OpenContainer container = containers.get(level);
            boolean last = level == depth - 1;
            int id = last ? nameId : container.lastId;
            if (container.object && id != NO_NAME) {
                String inline = last ? inlineName : container.lastInlineName;
                path.append(path.isEmpty() ? "" : ".").append(id == NO_ID ? inline : dictionary.nameOf(id));
            }
        }
        CharSequence shortened = path.length() <= 200 ? path : path.subSequence(0, 200) + "…";
        return path.isEmpty()
                ? problem
                : new InvalidDocumentException("Field \"" + shortened + "\": " + problem.getMessage());
    }
}
