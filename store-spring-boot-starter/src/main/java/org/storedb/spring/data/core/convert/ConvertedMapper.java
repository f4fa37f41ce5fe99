package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of values that the application's own converters convert to a storable type and back. */
record ConvertedMapper(Class<?> type, Class<?> storedType, ValueMapper stored, ConversionService conversions)
        implements ValueMapper {

    @Override
    public void write(Object value, DocumentWriter writer) {
        stored.write(toStoredType(value), writer);
    }

    @Override
    public @Nullable Object read(DocumentValue value) {
        Object read = stored.read(value);
        if (read == null) {
            return null;
        }
        Object converted = conversions.convert(read, type);
        if (converted == null) {
            throw new IllegalStateException("the converter to %s returned null".formatted(type.getName()));
        }
        return converted;
    }

    @Override
    public Object toPlain(Object value) {
        return stored.toPlain(toStoredType(value));
    }

    @Override
    public FieldType fieldType() {
        return stored.fieldType();
    }

    @Override
    public boolean isOrdered() {
        return stored.isOrdered();
    }

    @Override
    public Object bound(Object plain, boolean above) {
        return stored.bound(plain, above);
    }

    @Override
    public boolean accepts(Object value) {
        return type.isInstance(value);
    }

    private Object toStoredType(Object value) {
        Object converted = conversions.convert(value, storedType);
        if (converted == null) {
            throw new IllegalStateException("the converter from %s returned null".formatted(type.getName()));
        }
        return converted;
    }
}
