package org.storedb.spring.data.core.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.document.ValueType;

/**
 * Mapper of a document's composite id. The id is compared as a single text, which is the document's id, and the
 * document also contains it as an object of its parts, so that they can be queried and read back.
 */
record CompositeIdMapper(EntityMapper parts) implements ValueMapper {

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';

    @Override
    public void write(Object id, DocumentWriter writer) {
        parts.write(id, writer);
    }

    /** Reads the object of the parts, or the text, which is the value of a column. */
    @Override
    public Object read(DocumentValue id) {
        return parts.read(id.type() == ValueType.STRING ? fields(id.asString()) : id);
    }

    private DocumentValue fields(String text) {
        List<String> texts = split(text);
        List<PropertyMapper> properties = parts.properties();
        while (texts.size() < properties.size()) {
            texts.add(0, ""); // The text has no separators after empty parts at its beginning.
        }
        if (texts.size() > properties.size()) {
            throw new MappingException(
                    "'%s' has more parts than a %s".formatted(text, parts.type().getName()));
        }
        Map<String, Object> fields = new HashMap<>();
        for (int at = 0; at < properties.size(); at++) {
            ScalarMapper<?, ?> part = (ScalarMapper<?, ?>) properties.get(at).value();
            fields.put(properties.get(at).fieldName(), part.toPlain(part.fromText(texts.get(at))));
        }
        return new PlainValue(fields);
    }

    private static List<String> split(String text) {
        List<String> texts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == SEPARATOR) {
                texts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character == ESCAPE ? text.charAt(++at) : character);
            }
        }
        texts.add(part.toString());
        return texts;
    }

    /** Joins the parts in their order, so that two different ids never produce the same text. */
    @Override
    public Object toPlain(Object id) {
        StringBuilder text = new StringBuilder();
        parts.forEachValue(id, (property, value) -> {
            if (value == null) {
                throw new MappingException("Part '%s' of the id %s has no value"
                        .formatted(property.property().getName(), id));
            }
            if (!text.isEmpty()) {
                text.append(SEPARATOR);
            }
            for (char character : property.value().toPlain(value).toString().toCharArray()) {
                if (character == SEPARATOR || character == ESCAPE) {
                    text.append(ESCAPE);
                }
                text.append(character);
            }
        });
        return text.toString();
    }

    /** Returns the name of the last part, which sorts within the others. */
    String lastPart() {
        List<PropertyMapper> properties = parts.properties();
        return properties.get(properties.size() - 1).property().getName();
    }

    @Override
    public FieldType fieldType() {
        return FieldType.STRING;
    }

    /** Returns false, as the joined text is not ordered like the parts: in it, 10 precedes 9. */
    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public boolean accepts(Object value) {
        return parts.accepts(value);
    }
}
