package org.storedb.spring.data.core.convert;

import java.util.Optional;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of {@code Optional}s, stored as their value or as null. */
record OptionalMapper(ValueMapper content) implements ValueMapper {

    @Override
    public void write(Object value, DocumentWriter writer) {
        if (((Optional<?>) value).isPresent()) {
            content.write(((Optional<?>) value).get(), writer);
        } else {
            writer.writeNull();
        }
    }

    @Override
    public Object read(DocumentValue value) {
        return Optional.ofNullable(content.read(value));
    }

    @Override
    public Object toPlain(Object value) {
        return content.toPlain(value instanceof Optional<?> optional ? optional.orElseThrow() : value);
    }

    @Override
    public FieldType fieldType() {
        return content.fieldType();
    }

    @Override
    public boolean isOrdered() {
        return content.isOrdered();
    }

    @Override
    public boolean accepts(Object value) {
        return content.accepts(value instanceof Optional<?> optional && optional.isPresent() ? optional.get() : value);
    }

    @Override
    public Object absent() {
        return Optional.empty();
    }
}
