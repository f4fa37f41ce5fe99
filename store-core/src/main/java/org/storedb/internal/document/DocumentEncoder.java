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
    private final ValueBuffer buffer;
    private final List<OpenContainer> containers = new ArrayList<>();
    private @Nullable OpenContainer current; // The innermost open one.
    private int depth;
    private int nameId = NO_NAME; // The id of the name of the next value, NO_ID if it has none.
    private String inlineName = ""; // The name without an id.
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
        this.buffer = new ValueBuffer(bounds);
    }

    /** Discards what was written. Also necessary after an exception. */
    public void reset() {
        depth = 0;
        current = null;
        nameId = NO_NAME;
        fieldCount = 0;
        entryCount = 0;
        buffer.reset();
    }

    /** Returns the approximate memory that it retains for further documents. */
    int capacityBytes() {
        return buffer.capacityBytes() + Long.BYTES * entries.length;
    }

    /** Returns the document, which must be complete. */
    public byte[] toBytes() {
        if (depth > 0 || buffer.isEmpty()) {
            throw new IllegalStateException("The document is not complete");
        }
        return buffer.toBytes();
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
        buffer.putNull();
    }

    @Override
    public void writeBoolean(boolean value) {
        startValue();
        buffer.putBoolean(value);
    }

    @Override
    public void writeLong(long value) {
        startValue();
        buffer.putLong(value);
    }

    @Override
    public void writeDouble(double value) {
        checkFinite(value);
        startValue();
        buffer.putDouble(value);
    }

    @Override
    public void writeBigInteger(BigInteger value) {
        try {
            PlainValues.checked(value);
        } catch (InvalidDocumentException e) {
            throw at(e);
        }
        startValue();
        buffer.putInteger(value);
    }

    @Override
    public void writeBigDecimal(BigDecimal value) {
        try {
            PlainValues.checked(value);
        } catch (InvalidDocumentException e) {
            throw at(e);
        }
        startValue();
        buffer.putDecimal(value);
    }

    @Override
    public void writeString(String value) {
        int length = Utf8.length(value);
        if (length == Utf8.MALFORMED) {
            throw at(PlainValues.halfPair());
        }
        startValue();
        buffer.putString(value, length);
    }

    @Override
    public void writeBinary(byte[] value) {
        startValue();
        buffer.putBinary(value);
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
                stored.forEachElement(this::writeStored);
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
        if (depth > 0 || !buffer.isEmpty()) {
            startValue();
        }
        if (depth == containers.size()) {
            containers.add(new OpenContainer());
        }
        OpenContainer opened = containers.get(depth++);
        opened.open(object, buffer.size(), entryCount);
        current = opened;
    }

    private void startValue() {
        OpenContainer container = current;
        if (container == null) {
            throw noPlaceForValue();
        }
        int offset = buffer.size() - container.start;
        long id = 0;
        if (container.object) {
            id = nameId;
            if (id == NO_NAME) {
                throw new IllegalStateException("A value in an object needs a name first");
            }
            if (id == NO_ID) {
                buffer.putString(inlineName, Utf8.length(inlineName));
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
        return buffer.isEmpty()
                ? new InvalidDocumentException("A document must be an object, not a single value")
                : new IllegalStateException("The document is complete");
    }

    private void close(boolean object) {
        OpenContainer container = current;
        if (container == null || container.object != object || nameId != NO_NAME) {
            throw new IllegalStateException("No " + (object ? "object" : "array") + " can end here");
        }
        int count = entryCount - container.firstEntry;
        int widthCode = DocumentFormat.widthCode(buffer.size() - container.start);
        int width = 1 << widthCode;
        int idWidthCode = object ? orderById(container) : 0;
        int idWidth = object ? 1 << idWidthCode : 0;
        byte[] bytes = buffer.insert(container.start, 1L + width + (long) count * (idWidth + width));

        int at = container.start;
        int tag = object ? DocumentFormat.objectTag(idWidthCode, widthCode) : DocumentFormat.ARRAY | widthCode;
        bytes[at++] = (byte) tag;
        BigEndian.put(bytes, at, count, width);
        putTable(container.firstEntry, bytes, at + width, idWidth, width);
        entryCount = container.firstEntry;
        depth--;
        current = depth == 0 ? null : containers.get(depth - 1);
    }

    private void putTable(int firstEntry, byte[] bytes, int from, int idWidth, int width) {
        if (idWidth == 1 && width == 1) {
            putNarrowTable(firstEntry, bytes, from);
            return;
        }
        int at = from;
        for (int entry = firstEntry; entry < entryCount; entry++) {
            long idAndOffset = entries[entry];
            if (idWidth > 0) {
                int id = (int) (idAndOffset >>> 32);
                BigEndian.put(bytes, at, id == NO_ID ? DocumentFormat.inlineId(idWidth) : id, idWidth);
                at += idWidth;
            }
            BigEndian.put(bytes, at, (int) idAndOffset, width);
            at += width;
        }
    }

    /** Writes the table of a typical object, with one byte for each number. */
    private void putNarrowTable(int firstEntry, byte[] bytes, int from) {
        int at = from;
        for (int entry = firstEntry; entry < entryCount; entry++) {
            bytes[at++] = (byte) (entries[entry] >>> 32); // NO_ID becomes the id that stands for an inline name.
            bytes[at++] = (byte) entries[entry];
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
