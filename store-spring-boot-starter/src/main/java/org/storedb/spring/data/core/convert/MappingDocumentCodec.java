package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Stores the entities of one class by their mapping metadata. Their {@code @Version} property is the document's revision
 * and not part of the document: a wrapper shows the revision; a primitive shows one more, because its 0 stands for an
 * entity that has not been stored yet.
 */
public final class MappingDocumentCodec<T> implements DocumentCodec<T> {

    private final StorePersistentEntity<T> entity;
    private final EntityMapper mapper;
    private final StorePersistentProperty idProperty;
    private final StoreIds ids;
    private final @Nullable StorePersistentProperty versionProperty;

    MappingDocumentCodec(StorePersistentEntity<T> entity, EntityMapper mapper) {
        this.entity = entity;
        this.mapper = mapper;
        this.idProperty = requireIdProperty(entity);
        PropertyMapper idMapper = mapper.property(idProperty.getName());
        if (idMapper == null) {
            throw new MappingException("The id of %s cannot be its version, too"
                    .formatted(entity.getType().getName()));
        }
        this.ids = new StoreIds(entity, idProperty, idMapper.value());
        this.versionProperty = requireWholeNumber(entity);
    }

    public StorePersistentEntity<T> entity() {
        return entity;
    }

    /**
     * The id of an object.
     *
     * @throws MappingException if it has none and none that is generated would fit
     */
    @Override
    public @Nullable Object id(T object) {
        Object id = ids.toDocumentId(mapper.accessorOf(object).getProperty(idProperty));
        if (id == null && !ids.canBeGenerated()) {
            throw new MappingException(
                    "A %s has no id, and the store generates no numbers: give '%s' a value before it is stored"
                            .formatted(entity.getType().getName(), idProperty.getName()));
        }
        return id;
    }

    /** The id of a document for an id of the entity. */
    public Object documentId(Object id) {
        return ids.toQueryId(id);
    }

    /** The revision that an entity was read or stored with; {@code null} if it has none or has not been stored yet. */
    public @Nullable Long revision(T object) {
        if (versionProperty == null) {
            return null;
        }
        Number version = (Number) mapper.accessorOf(object).getProperty(versionProperty);
        if (version == null) {
            return null;
        }
        if (!versionProperty.getType().isPrimitive()) {
            return version.longValue();
        }
        return version.longValue() == 0 ? null : version.longValue() - 1;
    }

    @Override
    public void write(T object, Object id, DocumentWriter writer) {
        mapper.writeDocument(object, id, writer);
    }

    @Override
    public T read(DocumentValue document, long revision) {
        return entity.getType().cast(mapper.read(document, version(revision)));
    }

    @Override
    public T stored(T object, Object id, long revision) {
        PersistentPropertyAccessor<?> accessor = mapper.accessorOf(object);
        if (ids.toDocumentId(accessor.getProperty(idProperty)) == null) {
            accessor.setProperty(idProperty, ids.toEntityId(id));
        }
        if (versionProperty != null) {
            accessor.setProperty(versionProperty, version(revision));
        }
        return entity.getType().cast(accessor.getBean());
    }

    @Override
    public @Nullable FieldType fieldType(String path) {
        QueryField field = QueryField.ofFields(mapper, path);
        return field == null ? null : field.type();
    }

    EntityMapper mapper() {
        return mapper;
    }

    private @Nullable Object version(long revision) {
        if (versionProperty == null) {
            return null;
        }
        long shown = versionProperty.getType().isPrimitive() ? revision + 1 : revision;
        boolean isLong = ClassUtils.resolvePrimitiveIfNecessary(versionProperty.getType()) == Long.class;
        return isLong ? (Object) shown : (Object) Math.toIntExact(shown);
    }

    private static StorePersistentProperty requireIdProperty(StorePersistentEntity<?> entity) {
        StorePersistentProperty property = entity.getIdProperty();
        if (property == null) {
            throw new MappingException("%s has no id property: annotate one with @Id or name it 'id'"
                    .formatted(entity.getType().getName()));
        }
        return property;
    }

    private static @Nullable StorePersistentProperty requireWholeNumber(StorePersistentEntity<?> entity) {
        StorePersistentProperty property = entity.getVersionProperty();
        if (property != null) {
            Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
            if (type != Long.class && type != Integer.class) {
                throw new MappingException("Property '%s' of %s cannot be a version: it is neither a long nor an int"
                        .formatted(property.getName(), entity.getType().getName()));
            }
        }
        return property;
    }
}
