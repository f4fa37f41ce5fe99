package org.storedb.spring.data.core.convert;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.MappingInstantiationException;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Codec for the entities of one class, according to their mapping metadata. Their {@code @Version} property is the
 * document's revision and not part of the document.
 */
public final class MappingDocumentCodec<T> implements DocumentCodec<T> {

    private final StorePersistentEntity<T> entity;
    private final ObjectMapper mapper;
    private final StoreIds ids;
    private final Map<String, FieldType> ownFields = new ConcurrentHashMap<>(); // Bounded by the number of properties.

    MappingDocumentCodec(StorePersistentEntity<T> entity, ObjectMapper mapper) {
        this.entity = entity;
        this.mapper = mapper;
        mapper.forEachClass(each -> {
            requireId(each.entity());
            StoreVersions.verify(each.entity());
        });
        this.ids = new StoreIds(entity, idProperty(), mapper.idProperty().value());
    }

    public StorePersistentEntity<T> entity() {
        return entity;
    }

    /** Returns the id property; an interface need not have one, so this is that of a class. */
    public StorePersistentProperty idProperty() {
        return mapper.idProperty().property();
    }

    /**
     * Returns the id of an object.
     *
     * @throws MappingException if it has none and a generated one would not fit
     */
    @Override
    public @Nullable Object id(T object) {
        Object id = storedId(object);
        if (id == null && !ids.canBeGenerated()) {
            throw new MappingException(
                    "A %s has no id, and none can be generated: give '%s' a value before it is stored"
                            .formatted(entity.getType().getName(), idProperty().getName()));
        }
        return id;
    }

    /** Returns the id of an object, or {@code null} if it has none yet. */
    public @Nullable Object storedId(T object) {
        return ids.toDocumentId(mapper.of(object).idOf(object));
    }

    /** Returns the value of the object's id property; {@code null} if it has none. */
    public @Nullable Object ownId(T object) {
        return mapper.of(object).idOf(object);
    }

    /** Returns the object with a number as its id, if it needs one and has none. */
    public T withId(T object, LongSupplier numbers) {
        if (!ids.isNumber()) {
            return object;
        }
        EntityMapper concrete = mapper.of(object);
        if (ids.toDocumentId(concrete.idOf(object)) != null) {
            return object;
        }
        PersistentPropertyAccessor<?> accessor = concrete.settingAccessorOf(object);
        accessor.setProperty(concrete.entity().getRequiredIdProperty(), ids.ofNumber(numbers.getAsLong()));
        return entity.getType().cast(accessor.getBean());
    }

    /** Returns whether a method returns nothing but an id that is a single value. */
    boolean isIdGetter(Method method) {
        StorePersistentProperty id = idProperty();
        boolean isAccessor = method.getName().equals(id.getName())
                && method.getParameterCount() == 0
                && method.getReturnType() == id.getType();
        return !ids.isComposite() && (isAccessor || method.equals(id.getGetter()));
    }

    /** Converts an id of the entity to that of a document. */
    public Object documentId(Object id) {
        return ids.toQueryId(id);
    }

    /**
     * Returns whether objects of a class can be ids of the entity: they are of its type, or stored as the same kind of
     * value.
     */
    public boolean takesIds(Class<?> idType) {
        return ids.takes(idType);
    }

    /** Converts the id of a document to that of the entity; a composite one stays text. */
    public Object entityId(Object documentId) {
        return ids.isComposite() ? documentId : ids.toEntityId(documentId);
    }

    /**
     * Returns the revision that an entity was read or stored with; {@code null} if it has no version or has not been
     * stored yet.
     */
    public @Nullable Long revision(T object) {
        EntityMapper concrete = mapper.of(object);
        StorePersistentProperty versionProperty = concrete.entity().getVersionProperty();
        return versionProperty == null
                ? null
                : StoreVersions.toRevision(versionProperty, (Number) concrete.versionOf(object));
    }

    @Override
    public void write(T object, Object id, DocumentWriter writer) {
        mapper.of(object).writeDocument(object, id, writer);
    }

    @Override
    public T read(DocumentValue document, long revision) {
        try {
            EntityMapper concrete = mapper.of(document);
            return entity.getType().cast(concrete.read(document, StoreVersions.toVersion(concrete.entity(), revision)));
        } catch (MappingException | MappingInstantiationException e) {
            throw new MappingException(about(document, e), e);
        }
    }

    private String about(DocumentValue document, RuntimeException failure) {
        DocumentValue id = document.field(StoreIds.FIELD);
        return "Document '%s' of collection '%s': %s"
                .formatted(id == null ? null : id.toObject(), entity.getCollectionName(), failure.getMessage());
    }

    @Override
    public T stored(T object, Object id, long revision) {
        EntityMapper concrete = mapper.of(object);
        StorePersistentProperty versionProperty = concrete.entity().getVersionProperty();
        boolean lacksId = ids.toDocumentId(concrete.idOf(object)) == null;
        if (!lacksId && versionProperty == null) {
            return object;
        }
        PersistentPropertyAccessor<?> accessor = concrete.settingAccessorOf(object);
        if (lacksId) {
            accessor.setProperty(concrete.entity().getRequiredIdProperty(), ids.toEntityId(id));
        }
        if (versionProperty != null) {
            accessor.setProperty(versionProperty, StoreVersions.toVersion(concrete.entity(), revision));
        }
        return entity.getType().cast(accessor.getBean());
    }

    @Override
    public void verifyPatched(DocumentValue document, DocumentPatch patch) {
        EntityMapper concrete = mapper.of(document);
        PatchVerification.verify(concrete, document, StoreVersions.toVersion(concrete.entity(), 0), patch);
    }

    @Override
    public @Nullable FieldType fieldType(String path) {
        FieldType known = ownFields.get(path);
        if (known != null) {
            return known;
        }
        FieldType type = typeOf(path);
        if (type != null && path.indexOf('.') < 0) {
            ownFields.put(path, type);
        }
        return type;
    }

    private @Nullable FieldType typeOf(String path) {
        if (path.equals(StoreIds.FIELD)) {
            return mapper.idProperty().value().fieldType();
        }
        if (path.substring(path.lastIndexOf('.') + 1).equals(StorePersistentEntity.TYPE_FIELD)) {
            return FieldType.STRING;
        }
        ResolvedPath resolved = ResolvedPath.ofFields(mapper, path);
        return resolved == null || resolved.isInElements()
                ? null
                : resolved.value().fieldType();
    }

    ObjectMapper mapper() {
        return mapper;
    }

    private static void requireId(StorePersistentEntity<?> entity) {
        StorePersistentProperty id = entity.getIdProperty();
        if (id == null) {
            throw new MappingException("%s has no id property: annotate one with @Id or name it 'id'"
                    .formatted(entity.getType().getName()));
        }
        if (id.isAnnotationPresent(FieldName.class)) {
            throw new MappingException("The id '%s' of %s cannot have a @FieldName: it is stored in the field '%s'"
                    .formatted(id.getName(), entity.getType().getName(), StoreIds.FIELD));
        }
    }
}
