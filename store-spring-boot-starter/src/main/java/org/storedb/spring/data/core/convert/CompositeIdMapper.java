package org.storedb.spring.data.core.convert;

import java.util.List;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/**
 * Mapper of a document's id of several parts. The id is compared as a single text, which is the document's id, and the
 * document also contains it as an object of its parts, so that they can be queried and read back.
 */
record CompositeIdMapper(EntityMapper parts) implements ValueMapper {

    private static final String SEPARATOR = "|";
    private static final String ESCAPE = "\\";

    @Override
    public void write(Object id, DocumentWriter writer) {
        parts.write(id, writer);
    }

    @Override
    public Object read(DocumentValue object) {
        return parts.read(object);
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
            String part = property.value().toPlain(value).toString();
            text.append(text.isEmpty() ? "" : SEPARATOR)
                    .append(part.replace(ESCAPE, ESCAPE + ESCAPE).replace(SEPARATOR, ESCAPE + SEPARATOR));
        });
        return text.toString();
    }

    /** Returns the name of the last part, which sorts within the others. */
    String lastPart() {
        List<String> names = parts.propertyNames();
        return names.get(names.size() - 1);
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
