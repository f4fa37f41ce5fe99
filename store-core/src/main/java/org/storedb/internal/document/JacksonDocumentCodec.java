package org.storedb.internal.document;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Documents as records, beans or {@code JsonNode}s, with Jackson's annotations. The id is the property {@code id}.
 * {@link DocumentMapper} defines what is stored.
 */
public final class JacksonDocumentCodec<T> implements DocumentCodec<T> {

    /** Held by the classes themselves, so that an unused class loader can be collected. */
    private static final ClassValue<JacksonDocumentCodec<?>> CODECS = new ClassValue<>() {
        @Override
        protected JacksonDocumentCodec<?> computeValue(Class<?> type) {
            return new JacksonDocumentCodec<>(type);
        }
    };

    private final Class<T> type;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final IdProperty<T> idProperty;
    private final JacksonFields fields;

    /**
     * Creates a codec for objects of this class.
     *
     * @throws InvalidDocumentException if it has no property {@code id} of a type that an id can have
     */
    public JacksonDocumentCodec(Class<T> type) {
        JavaType javaType = DocumentMapper.get().constructType(type);
        this.type = type;
        this.writer = DocumentMapper.get().writerFor(javaType);
        this.reader = DocumentMapper.get().readerFor(javaType);
        this.idProperty = IdProperty.of(type);
        this.fields = new JacksonFields(javaType);
    }

    /**
     * Returns the codec for objects of this class; always the same one.
     *
     * @throws InvalidDocumentException if it has no property {@code id} of a type that an id can have
     */
    @SuppressWarnings("unchecked") // computeValue creates the one for the given class.
    public static <T> JacksonDocumentCodec<T> of(Class<T> type) {
        return (JacksonDocumentCodec<T>) CODECS.get(type);
    }

    @Override
    public @Nullable Object id(T object) {
        return idProperty.get(object);
    }

    @Override
    public void write(T object, Object id, DocumentWriter target) {
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            writer.writeValue(tokens, object);
            try (JsonParser parser = tokens.asParser()) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new InvalidDocumentException("An object of " + type
                            + " is not serialized as a JSON object, but as " + parser.currentToken());
                }
                target.startObject();
                target.name(ID_FIELD);
                target.writeValue(id);
                copyFields(parser, target, true);
            }
        } catch (JacksonException e) {
            throw new InvalidDocumentException("An object of " + type + " cannot be stored: " + reason(e), e);
        }
    }

    @Override
    public T read(DocumentValue document, long revision) {
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            copy(document, tokens);
            try (JsonParser parser = tokens.asParser()) {
                T object = reader.readValue(parser);
                if (object == null) {
                    throw new InvalidDocumentException("A stored document was read as null, not as " + type);
                }
                return object;
            }
        } catch (JacksonException e) {
            throw new InvalidDocumentException("A stored document cannot be read as " + type + ": " + reason(e), e);
        }
    }

    @Override
    public T stored(T object, Object id, long revision) {
        return idProperty.get(object) == null ? idProperty.with(object, id) : object;
    }

    @Override
    public void verifyPatched(DocumentValue document, DocumentPatch patch) {
        read(document, 0);
    }

    @Override
    public @Nullable FieldType fieldType(String path) {
        return fields.typeOf(path);
    }

    @Override
    public List<String> knownFields() {
        return fields.known();
    }

    /** Copies the fields of the object whose start was the last token, and its end. */
    private static void copyFields(JsonParser parser, DocumentWriter target, boolean outermost) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (outermost && name.equals(ID_FIELD)) {
                parser.skipChildren();
            } else {
                target.name(name);
                copyValue(parser, target);
            }
        }
        target.endObject();
    }

    private static void copyValue(JsonParser parser, DocumentWriter target) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                target.startObject();
                copyFields(parser, target, false);
            }
            case START_ARRAY -> {
                target.startArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    copyValue(parser, target);
                }
                target.endArray();
            }
            case VALUE_STRING -> target.writeString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> target.writeValue(parser.getNumberValue());
            case VALUE_TRUE -> target.writeBoolean(true);
            case VALUE_FALSE -> target.writeBoolean(false);
            case VALUE_NULL -> target.writeNull();
            case VALUE_EMBEDDED_OBJECT -> target.writeValue(parser.getEmbeddedObject());
            default -> throw new IllegalStateException("A value cannot begin with " + parser.currentToken());
        }
    }

    private static void copy(DocumentValue value, JsonGenerator target) {
        switch (value.type()) {
            case NULL -> target.writeNull();
            case BOOLEAN -> target.writeBoolean(value.asBoolean());
            case NUMBER -> copyNumber(value, target);
            case STRING -> target.writeString(value.asString());
            case BINARY -> target.writeBinary(value.asBinary());
            case ARRAY -> {
                target.writeStartArray();
                value.forEachElement(element -> copy(element, target));
                target.writeEndArray();
            }
            case OBJECT -> {
                target.writeStartObject();
                value.forEachField((name, field) -> {
                    target.writeName(name);
                    copy(field, target);
                });
                target.writeEndObject();
            }
        }
    }

    private static void copyNumber(DocumentValue value, JsonGenerator target) {
        Object number = value.toObject();
        if (number instanceof Integer small) {
            target.writeNumber(small);
        } else if (number instanceof Long large) {
            target.writeNumber(large);
        } else if (number instanceof Double fraction) {
            target.writeNumber(fraction);
        } else if (number instanceof BigInteger integer) {
            target.writeNumber(integer);
        } else {
            target.writeNumber(value.asBigDecimal());
        }
    }

    private static String reason(JacksonException e) {
        String path = e.getPath().isEmpty() ? "" : " (at " + e.getPathReference() + ")";
        return e.getOriginalMessage() + path + ModuleAccess.advice(e);
    }
}
