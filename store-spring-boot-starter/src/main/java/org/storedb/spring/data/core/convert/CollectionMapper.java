package org.storedb.spring.data.core.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CollectionFactory;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of collections, stored as arrays. */
record CollectionMapper(Class<?> collectionType, Class<?> elementType, ValueMapper element)
        implements MultiValueMapper {

    @Override
    public void write(Object value, DocumentWriter writer) {
        writer.startArray();
        for (Object each : (Collection<?>) value) {
            MultiValueMapper.writeElement(each, element, writer);
        }
        writer.endArray();
    }

    @Override
    public Object read(DocumentValue value) {
        Collection<@Nullable Object> collection =
                CollectionFactory.createCollection(collectionType, elementType, value.size());
        value.forEachElement(each -> collection.add(MultiValueMapper.readElement(each, element)));
        return collection;
    }

    @Override
    public Object toPlain(Object value) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (Object each : (Collection<?>) value) {
            plain.add(MultiValueMapper.plainElement(each, element));
        }
        return plain;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Collection;
    }

    @Override
    public FieldType fieldType() {
        return FieldType.ARRAY;
    }
}
