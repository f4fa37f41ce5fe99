package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.document.ValueType;
import org.storedb.spring.data.core.mapping.LoadedOnDemand;

/** Mapper of references to other entities, stored as the ids of their documents. */
final class ReferenceMapper implements ValueMapper {

    private final Class<?> type;
    private final boolean lazy;
    private final StoreConverter converter;

    ReferenceMapper(Class<?> type, boolean lazy, StoreConverter converter) {
        this.type = type;
        this.lazy = lazy;
        this.converter = converter;
    }

    @Override
    public void write(Object entity, DocumentWriter writer) {
        writer.writeValue(toPlain(entity));
    }

    @Override
    public @Nullable Object read(DocumentValue value) {
        Object documentId = documentId(value);
        return lazy
                ? LazyReference.proxy(type, documentId, converter)
                : converter.getReferenceLoader().load(type, documentId);
    }

    @Override
    public void verify(DocumentValue value) {
        var unused = documentId(value);
    }

    private Object documentId(DocumentValue value) {
        if (value.type() != ValueType.STRING && value.type() != ValueType.NUMBER) {
            throw new MappingException("A %s is not the id of a %s".formatted(value.type(), type.getName()));
        }
        return value.type() == ValueType.STRING ? value.asString() : (Object) value.asLong();
    }

    @Override
    public Object toPlain(Object entity) {
        if (entity instanceof LoadedOnDemand reference) {
            return reference.referredDocumentId();
        }
        Object id = idOf(entity);
        if (id == null) {
            throw new MappingException(
                    "A %s without an id cannot be referenced: store it first, and reference the returned object"
                            .formatted(type.getName()));
        }
        return id;
    }

    @SuppressWarnings("unchecked") // a codec accepts objects of its class
    private @Nullable Object idOf(Object entity) {
        MappingDocumentCodec<Object> codec = (MappingDocumentCodec<Object>) converter.codec(type);
        return codec.storedId(entity);
    }

    /** Returns the mapper of the referenced entity's id; {@code null} if {@code property} is not the id. */
    @Nullable
    PropertyMapper ifId(String property) {
        return idName().equals(property) ? id() : null;
    }

    /** Returns the name of the referenced entity's id. */
    String idName() {
        return id().property().getName();
    }

    private PropertyMapper id() {
        return converter.codec(type).mapper().idProperty();
    }

    @Override
    public FieldType fieldType() {
        return FieldType.ANY;
    }

    @Override
    public boolean accepts(Object value) {
        return type.isInstance(value);
    }
}
