package org.storedb.spring.data.core.convert;

import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of values of the declared type {@code Object}: whatever a document can hold unconverted. */
final class PlainMapper implements ValueMapper {

    static final PlainMapper INSTANCE = new PlainMapper();

    private PlainMapper() {}

    @Override
    public void write(Object value, DocumentWriter writer) {
        writer.writeValue(value);
    }

    @Override
    public Object read(DocumentValue value) {
        Object plain = value.toObject();
        if (plain == null) {
            throw new IllegalStateException("a null is not read as a value");
        }
        return plain;
    }

    /** Returns the value as it is: the store gives it the same form in a condition as in a document. */
    @Override
    public Object toPlain(Object value) {
        return value;
    }

    @Override
    public FieldType fieldType() {
        return FieldType.ANY;
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public boolean accepts(Object value) {
        return true;
    }
}
