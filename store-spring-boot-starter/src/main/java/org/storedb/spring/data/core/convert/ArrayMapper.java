package org.storedb.spring.data.core.convert;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.document.ValueType;

/** Mapper of Java arrays other than {@code byte[]}. */
record ArrayMapper(Class<?> elementType, ValueMapper element) implements MultiValueMapper {

    @Override
    public void write(Object value, DocumentWriter writer) {
        writer.startArray();
        for (int index = 0; index < Array.getLength(value); index++) {
            MultiValueMapper.writeElement(Array.get(value, index), element, writer);
        }
        writer.endArray();
    }

    @Override
    public Object read(DocumentValue value) {
        Object array = Array.newInstance(elementType, value.size());
        for (int index = 0; index < value.size(); index++) {
            DocumentValue each = value.element(index);
            if (each.type() != ValueType.NULL) {
                Array.set(array, index, element.read(each));
            }
        }
        return array;
    }

    @Override
    public Object toPlain(Object value) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (int index = 0; index < Array.getLength(value); index++) {
            Object each = Array.get(value, index);
            plain.add(each == null ? null : element.toPlain(each));
        }
        return plain;
    }

    @Override
    public boolean accepts(Object value) {
        return value.getClass().isArray();
    }

    @Override
    public FieldType fieldType() {
        return FieldType.ARRAY;
    }
}
