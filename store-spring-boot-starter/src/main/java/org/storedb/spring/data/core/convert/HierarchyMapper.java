package org.storedb.spring.data.core.convert;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.ValueType;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * Mapper of objects of a declared class or its subclasses. Each object is stored with the alias of its own class, so
 * that no class name is written to disk and classes can be renamed and moved.
 */
final class HierarchyMapper implements ObjectMapper {

    private final Class<?> declaredType;
    private final Map<Class<?>, EntityMapper> byClass = new LinkedHashMap<>();
    private final Map<String, EntityMapper> byAlias = new HashMap<>();

    HierarchyMapper(Class<?> declaredType) {
        this.declaredType = declaredType;
    }

    /**
     * Adds a class, first the declared one if it is concrete. Called while the mapper is built, before it is published.
     */
    void add(EntityMapper mapper) {
        byClass.put(mapper.type(), mapper);
        String alias = mapper.entity().getOwnTypeAlias();
        EntityMapper other = alias == null ? null : byAlias.put(alias, mapper);
        if (other != null) {
            throw new MappingException("%s and %s have the same @TypeAlias \"%s\""
                    .formatted(other.type().getName(), mapper.type().getName(), alias));
        }
    }

    @Override
    public Class<?> type() {
        return declaredType;
    }

    @Override
    public EntityMapper of(Object object) {
        EntityMapper mapper = ofClass(object);
        if (mapper == null) {
            throw new MappingException(
                    "A %s cannot be stored where a %s is declared: give it a @TypeAlias, and include it in the entity scan"
                            .formatted(object.getClass().getName(), declaredType.getName()));
        }
        return mapper;
    }

    private @Nullable EntityMapper ofClass(Object object) {
        Object own = LazyReference.entityBehind(object);
        EntityMapper mapper = byClass.get(own.getClass());
        return mapper == null ? byClass.get(ClassUtils.getUserClass(own)) : mapper;
    }

    @Override
    public EntityMapper of(DocumentValue document) {
        DocumentValue alias = document.field(StorePersistentEntity.TYPE_FIELD);
        EntityMapper mapper = alias == null || alias.type() != ValueType.STRING
                ? byClass.get(declaredType)
                : byAlias.get(alias.asString());
        if (mapper == null) {
            throw alias == null ? withoutAlias() : ofUnknownAlias(alias);
        }
        return mapper;
    }

    private MappingException withoutAlias() {
        return new MappingException(
                "A document of %s without %s cannot be read: if it was stored before its class had a @TypeAlias, set the field in a migration, to one of %s"
                        .formatted(declaredType.getName(), StorePersistentEntity.TYPE_FIELD, byAlias.keySet()));
    }

    private MappingException ofUnknownAlias(DocumentValue alias) {
        return new MappingException(
                "A document of %s with %s \"%s\" cannot be read: the known ones are %s; a class needs a @TypeAlias and must be included in the entity scan"
                        .formatted(
                                declaredType.getName(),
                                StorePersistentEntity.TYPE_FIELD,
                                alias.toObject(),
                                byAlias.keySet()));
    }

    @Override
    public void forEachClass(Consumer<EntityMapper> action) {
        byClass.values().forEach(action);
    }

    @Override
    public PropertyMapper idProperty() {
        return byClass.values().iterator().next().idProperty();
    }

    /** {@inheritDoc} All classes that have it must store it in the same way, since queries address all of them. */
    @Override
    public @Nullable PropertyMapper property(String name) {
        PropertyMapper found = null;
        for (EntityMapper mapper : byClass.values()) {
            PropertyMapper property = mapper.property(name);
            if (found != null && property != null) {
                requireStoredAlike(found, property);
            }
            found = found == null ? property : found;
        }
        return found;
    }

    private void requireStoredAlike(PropertyMapper property, PropertyMapper other) {
        if (!property.fieldName().equals(other.fieldName())
                || property.value().fieldType() != other.value().fieldType()) {
            throw new InvalidDataAccessApiUsageException(
                    "Not all %s have the same '%s': %s, but %s; query one of the classes, or store it in the same way in all of them"
                            .formatted(
                                    declaredType.getName(),
                                    property.property().getName(),
                                    place(property),
                                    place(other)));
        }
    }

    private static String place(PropertyMapper property) {
        return "that of %s is in the field '%s' as %s"
                .formatted(
                        property.property().getOwner().getType().getName(),
                        property.fieldName(),
                        property.value().fieldType());
    }

    @Override
    public @Nullable PropertyMapper propertyByField(String fieldName) {
        for (EntityMapper mapper : byClass.values()) {
            PropertyMapper property = mapper.propertyByField(fieldName);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    @Override
    public void write(Object object, DocumentWriter writer) {
        of(object).write(object, writer);
    }

    @Override
    public Object read(DocumentValue document) {
        return of(document).read(document);
    }

    @Override
    public Object toPlain(Object object) {
        return of(object).toPlain(object);
    }

    @Override
    public boolean accepts(Object value) {
        return ofClass(value) != null;
    }
}
