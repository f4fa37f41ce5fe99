package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of objects of a Kotlin value class, stored as the values they box. */
record ValueClassMapper(ValueClass type, ValueMapper value) implements ValueMapper {

    @Override
    public void write(Object object, DocumentWriter writer) {
        value.write(type.unbox(object), writer);
    }

    @Override
    public @Nullable Object read(DocumentValue stored) {
        Object read = value.read(stored);
        return read == null ? null : type.box(read);
    }

    @Override
    public Object toPlain(Object object) {
        return value.toPlain(type.unbox(object));
    }

    @Override
    public FieldType fieldType() {
        return value.fieldType();
    }

    @Override
    public boolean isOrdered() {
        return value.isOrdered();
    }

    @Override
    public Object bound(Object plain, boolean above) {
        return value.bound(plain, above);
    }

    @Override
    public boolean accepts(Object object) {
        return type.type().isInstance(object);
    }
}
