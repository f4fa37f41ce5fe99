package org.storedb.spring.data.core.convert;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.function.Function;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of values that are stored as a single boolean, number, string or byte string. */
final class ScalarMapper<J, P> implements ValueMapper {

    private final Class<J> type;
    private final Form<P> form;
    private final Function<? super J, ? extends P> toStored;
    private final Function<? super P, ? extends J> fromStored;
    private final boolean ordered;

    ScalarMapper(
            Class<J> type,
            Form<P> form,
            Function<? super J, ? extends P> toStored,
            Function<? super P, ? extends J> fromStored,
            boolean ordered) {
        this.type = type;
        this.form = form;
        this.toStored = toStored;
        this.fromStored = fromStored;
        this.ordered = ordered;
    }

    Class<J> type() {
        return type;
    }

    @Override
    @SuppressWarnings("unchecked") // a value of another class fails in the function
    public void write(Object value, DocumentWriter writer) {
        if (type == String.class) { // Many values are text, which needs no conversion.
            writer.writeString((String) value);
            return;
        }
        form.writer().write(writer, toStored.apply((J) value));
    }

    @Override
    public Object read(DocumentValue value) {
        return fromStored.apply(form.reader().apply(value));
    }

    @Override
    public Object toPlain(Object value) {
        return toStored.apply(type.cast(value));
    }

    @Override
    public FieldType fieldType() {
        return form.fieldType();
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public Object bound(Object plain, boolean above) {
        boolean hasZone = type == OffsetDateTime.class || type == ZonedDateTime.class;
        return hasZone ? TemporalText.bound((String) plain, above) : plain;
    }

    @Override
    public boolean accepts(Object value) {
        return type.isInstance(value);
    }

    /** Converts the text of a map's key to the Java value. */
    Object fromText(String text) {
        return fromStored.apply(form.parser().apply(text));
    }

    /** One of the forms in which documents store single values. */
    record Form<P>(
            FieldType fieldType, Writer<P> writer, Function<DocumentValue, P> reader, Function<String, P> parser) {

        /** Writer of values of this form. */
        interface Writer<P> {
            void write(DocumentWriter writer, P value);
        }
    }
}
