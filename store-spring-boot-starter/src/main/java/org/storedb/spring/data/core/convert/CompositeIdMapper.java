package org.storedb.spring.data.core.convert;

import java.util.List;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/**
 * An id of several parts. It is compared as one text, which is the document's id, and stands in the document as an object
 * of its parts as well, so that they can be asked for and read back.
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

    /** The parts in their order, joined so that two different ids never make up the same text. */
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

    /** The name of the last part, which is the one that sorts within the others. */
    String lastPart() {
        List<String> names = parts.propertyNames();
        return names.get(names.size() - 1);
    }

    @Override
    public FieldType fieldType() {
        return FieldType.STRING;
    }

    /** The order of the joined text is not that of the parts: 10 comes before 9 in it. */
    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public boolean accepts(Object value) {
        return parts.accepts(value);
    }
}
