package org.storedb.internal.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidDocumentException;

/** Documents as plain maps, with values that {@link DocumentWriter#writeValue} accepts. */
public final class MapDocumentCodec implements DocumentCodec<Map<String, @Nullable Object>> {

    @Override
    public @Nullable Object id(Map<String, @Nullable Object> map) {
        return map.get(ID_FIELD);
    }

    @Override
    public void write(Map<String, @Nullable Object> map, Object id, DocumentWriter writer) {
        writer.startObject();
        boolean hasId = map.containsKey(ID_FIELD);
        if (!hasId) {
            writer.name(ID_FIELD);
            writer.writeValue(id);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) { // A raw map may have keys that are not strings.
            String name = PlainValues.name(entry.getKey());
            writer.name(name);
            writer.writeValue(name.equals(ID_FIELD) ? id : entry.getValue());
        }
        writer.endObject();
    }

    @Override
    @SuppressWarnings("unchecked") // The result of an object's toObject is a map with string keys.
    public Map<String, @Nullable Object> read(DocumentValue document, long revision) {
        if (document.type() != ValueType.OBJECT) {
            throw new InvalidDocumentException("A document must be an object, not of type " + document.type());
        }
        return (Map<String, @Nullable Object>) Objects.requireNonNull(document.toObject());
    }

    /** Returns the map itself if it has its id, else a copy with the id first: maps may be immutable. */
    @Override
    public Map<String, @Nullable Object> stored(Map<String, @Nullable Object> map, Object id, long revision) {
        if (map.get(ID_FIELD) != null) {
            return map;
        }
        Map<String, @Nullable Object> withId = new LinkedHashMap<>();
        withId.put(ID_FIELD, id);
        withId.putAll(map);
        withId.put(ID_FIELD, id);
        return withId;
    }
}
