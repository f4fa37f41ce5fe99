package org.storedb.internal.json;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.storedb.document.DocumentValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/** Writes documents as JSON, each beginning on a new line. For one thread. */
public final class JsonDocumentWriter {

    private static final byte[] NOTHING = {};

    private final OutputStream target;
    private final JsonGenerator generator;
    private final boolean exactTypes;
    private final byte[] end;
    private boolean empty = true;

    private JsonDocumentWriter(
            OutputStream target, JsonGenerator generator, boolean exactTypes, String start, String end)
            throws IOException {
        this.target = target;
        this.generator = generator;
        this.exactTypes = exactTypes;
        this.end = end.getBytes(StandardCharsets.UTF_8);
        target.write(start.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a writer of one document per line.
     *
     * @param exactTypes whether values without a JSON form are marked, see {@link JsonTags}
     */
    public static JsonDocumentWriter lines(OutputStream target, boolean exactTypes) throws IOException {
        return new JsonDocumentWriter(target, JsonStreams.lines(target), exactTypes, "", "");
    }

    /** Returns a writer of one array. */
    public static JsonDocumentWriter array(OutputStream target, boolean exactTypes) throws IOException {
        return new JsonDocumentWriter(target, JsonStreams.elements(target), exactTypes, "[\n", "\n]");
    }

    /** Writes one document. */
    public void write(DocumentValue document) throws IOException {
        write(() -> writeValue(document));
    }

    /** Writes one object with fields that are texts, whole numbers, booleans, lists and maps of these. */
    public void write(Map<String, ?> fields) throws IOException {
        write(() -> writePlain(fields));
    }

    /** Writes one object with such fields and a document as the last field. */
    public void write(Map<String, ?> fields, String name, DocumentValue document) throws IOException {
        write(() -> {
            generator.writeStartObject();
            writePlainFields(fields);
            generator.writeName(name);
            writeValue(document);
            generator.writeEndObject();
        });
    }

    /** Passes everything written so far to the stream. */
    public void flush() throws IOException {
        write(generator::flush);
    }

    private void write(Runnable work) throws IOException {
        try {
            work.run();
            empty = false;
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException("A document cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes the end of the text. Does not close the stream. */
    public void finish() throws IOException {
        try {
            generator.close();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        target.write(end);
        target.write(empty && end.length == 0 ? NOTHING : new byte[] {'\n'});
        target.flush();
    }

    private void writePlain(Object value) {
        if (value instanceof Map<?, ?> fields) {
            generator.writeStartObject();
            writePlainFields(fields);
            generator.writeEndObject();
        } else if (value instanceof List<?> elements) {
            generator.writeStartArray();
            elements.forEach(this::writePlain);
            generator.writeEndArray();
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else {
            generator.writeString((String) value);
        }
    }

    private void writePlainFields(Map<?, ?> fields) {
        fields.forEach((name, value) -> {
            generator.writeName((String) name);
            writePlain(value);
        });
    }

    private void writeValue(DocumentValue value) {
        switch (value.type()) {
            case NULL -> generator.writeNull();
            case BOOLEAN -> generator.writeBoolean(value.asBoolean());
            case NUMBER -> writeNumber(value);
            case STRING -> generator.writeString(value.asString());
            case BINARY -> writeBinary(value.asBinary());
            case ARRAY -> {
                generator.writeStartArray();
                value.forEachElement(this::writeValue);
                generator.writeEndArray();
            }
            case OBJECT -> writeObject(value);
        }
    }

    private void writeObject(DocumentValue object) {
        boolean alone = exactTypes && object.size() == 1;
        generator.writeStartObject();
        object.forEachField((name, field) -> {
            generator.writeName(alone && JsonTags.isAmbiguous(name) ? "$" + name : name);
            writeValue(field);
        });
        generator.writeEndObject();
    }

    private void writeNumber(DocumentValue value) {
        Object number = value.toObject();
        if (number instanceof Integer small) {
            generator.writeNumber(small);
        } else if (number instanceof Long large) {
            generator.writeNumber(large);
        } else if (number instanceof Double fraction) {
            generator.writeNumber(fraction);
        } else if (number instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else {
            writeDecimal(value.asBigDecimal());
        }
    }

    private void writeDecimal(BigDecimal decimal) {
        if (exactTypes && !JsonNumbers.comesBack(decimal)) {
            generator.writeStartObject();
            generator.writeName(JsonTags.DECIMAL);
            generator.writeString(decimal.toString());
            generator.writeEndObject();
        } else {
            generator.writeNumber(decimal);
        }
    }

    private void writeBinary(byte[] bytes) {
        if (!exactTypes) {
            generator.writeBinary(bytes);
            return;
        }
        generator.writeStartObject();
        generator.writeName(JsonTags.BINARY);
        generator.writeBinary(bytes);
        generator.writeEndObject();
    }
}
