package org.storedb.spring.data.core.convert;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentCodec;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Converts between the ids of an entity and those of documents, which are strings and longs. */
final class StoreIds {

    static final String FIELD = DocumentCodec.ID_FIELD;

    private static final Set<Class<?>> TYPES = Set.of(String.class, Long.class, Integer.class, UUID.class);

    private final Class<?> type;
    private final ValueMapper mapper;
    private final boolean primitive;

    StoreIds(StorePersistentEntity<?> entity, StorePersistentProperty property, ValueMapper mapper) {
        Class<?> declared = property.getType();
        this.type = ClassUtils.resolvePrimitiveIfNecessary(declared);
        this.mapper = mapper;
        this.primitive = declared.isPrimitive();
        if (!TYPES.contains(type) && !isConvertedToId(mapper) && !isComposite()) {
            throw new MappingException(
                    "Property '%s' of %s cannot be an id: %s is none of String, Long, Integer and UUID, no converter makes one of it, and it does not consist of such parts"
                            .formatted(property.getName(), entity.getType().getName(), declared.getName()));
        }
    }

    /** The document id of an entity's id; a null, and the 0 of a primitive, is none. */
    @Nullable
    Object toDocumentId(@Nullable Object entityId) {
        if (entityId == null || (primitive && ((Number) entityId).longValue() == 0)) {
            return null;
        }
        return toQueryId(entityId);
    }

    /** The document id to look up; an id of another type is left for the engine to judge. */
    Object toQueryId(Object entityId) {
        Object id = mapper.accepts(entityId) ? entityId : ValueClass.valueIn(entityId);
        return mapper.accepts(id) ? mapper.toPlain(id) : id;
    }

    /** The value that an entity's id property has for a document id. */
    Object toEntityId(Object documentId) {
        if (type.isInstance(documentId)) {
            return documentId;
        }
        if (type == Integer.class && documentId instanceof Long number) {
            return Math.toIntExact(number);
        }
        if (type == UUID.class) {
            return UUID.fromString(documentId.toString());
        }
        if (mapper instanceof ConvertedMapper converted) {
            return converted.fromStored(documentId);
        }
        throw new MappingException(
                "'%s' cannot be a %s id; ids are generated as text: give the entity an id before it is stored"
                        .formatted(documentId, type.getSimpleName()));
    }

    /** Whether objects of a class can be ids to look up. */
    boolean takes(Class<?> idType) {
        if (idType.isAssignableFrom(type) || type.isAssignableFrom(idType) || ValueClass.of(idType) != null) {
            return true;
        }
        boolean isNumber = Number.class.isAssignableFrom(idType);
        return (isNumber || TYPES.contains(idType)) && isNumber == (mapper.fieldType() == FieldType.NUMBER);
    }

    /** Whether a text that the store generates fits the entity. */
    boolean canBeGenerated() {
        return !isNumber()
                && !isComposite()
                && !(mapper instanceof ConvertedMapper converted
                        && Number.class.isAssignableFrom(converted.storedType()));
    }

    /** Whether ids are numbers, which a sequence can give out. */
    boolean isNumber() {
        return Number.class.isAssignableFrom(type);
    }

    /** Whether an id consists of several parts. */
    boolean isComposite() {
        return mapper instanceof CompositeIdMapper composite
                && composite.parts().hasScalarsOnly();
    }

    private static boolean isConvertedToId(ValueMapper mapper) {
        return mapper instanceof ConvertedMapper converted
                && (converted.storedType() == String.class || converted.storedType() == Long.class);
    }
}
