package org.storedb.spring.data.core.convert;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

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
            Object each = MultiValueMapper.readElement(value.element(index), element);
            if (each != null) {
                Array.set(array, index, each);
            }
        }
        return array;
    }

    @Override
    public Object toPlain(Object value) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (int index = 0; index < Array.getLength(value); index++) {
            plain.add(MultiValueMapper.plainElement(Array.get(value, index), element));
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
