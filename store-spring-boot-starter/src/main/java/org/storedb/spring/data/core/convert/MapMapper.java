package org.storedb.spring.data.core.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CollectionFactory;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;

/** Mapper of maps, stored as objects whose field names are the text of the keys. */
record MapMapper(Class<?> mapType, ScalarMapper<?, ?> key, ValueMapper value) implements ValueMapper {

    @Override
    public void write(Object map, DocumentWriter writer) {
        writer.startObject();
        ((Map<?, ?>) map).forEach((mapKey, mapValue) -> {
            writer.name(keyText(mapKey));
            MultiValueMapper.writeElement(mapValue, value, writer);
        });
        writer.endObject();
    }

    @Override
    public Object read(DocumentValue object) {
        Map<Object, @Nullable Object> map = CollectionFactory.createMap(mapType, key.type(), object.size());
        object.forEachField((name, field) -> map.put(key.fromText(name), MultiValueMapper.readElement(field, value)));
        return map;
    }

    @Override
    public Object toPlain(Object map) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        ((Map<?, ?>) map)
                .forEach((mapKey, mapValue) ->
                        plain.put(keyText(mapKey), MultiValueMapper.plainElement(mapValue, value)));
        return plain;
    }

    @Override
    public FieldType fieldType() {
        return FieldType.OBJECT;
    }

    @Override
    public boolean accepts(Object candidate) {
        return candidate instanceof Map;
    }

    private String keyText(@Nullable Object mapKey) {
        if (mapKey == null) {
            throw new IllegalArgumentException("a map with a null key cannot be stored");
        }
        return key.toPlain(mapKey).toString();
    }
}
