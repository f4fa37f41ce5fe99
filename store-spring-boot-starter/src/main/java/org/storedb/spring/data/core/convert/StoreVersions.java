package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Conversion between the versions of entities and the revisions of their documents. A wrapper has the value of the
 * revision; a primitive is one higher, because 0 means that the entity has not been stored yet.
 */
final class StoreVersions {

    private StoreVersions() {}

    /** Rejects an entity whose version property cannot hold a revision. */
    static void verify(StorePersistentEntity<?> entity) {
        StorePersistentProperty property = entity.getVersionProperty();
        if (property == null) {
            return;
        }
        if (property.equals(entity.getIdProperty())) {
            throw new MappingException("The id of %s cannot also be its version"
                    .formatted(entity.getType().getName()));
        }
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        if (type != Long.class && type != Integer.class) {
            throw new MappingException("Property '%s' of %s cannot be a version: it is neither a long nor an int"
                    .formatted(property.getName(), entity.getType().getName()));
        }
    }

    /** Returns the value of an entity's version property; {@code null} if it has no such property. */
    static @Nullable Object toVersion(StorePersistentEntity<?> entity, long revision) {
        StorePersistentProperty property = entity.getVersionProperty();
        if (property == null) {
            return null;
        }
        long version = property.getType().isPrimitive() ? revision + 1 : revision;
        boolean isLong = ClassUtils.resolvePrimitiveIfNecessary(property.getType()) == Long.class;
        return isLong ? (Object) version : (Object) Math.toIntExact(version);
    }

    /** Returns the revision for the value of a version property; {@code null} if the entity has not been stored yet. */
    static @Nullable Long toRevision(StorePersistentProperty property, @Nullable Number version) {
        if (version == null) {
            return null;
        }
        if (!property.getType().isPrimitive()) {
            return version.longValue();
        }
        return version.longValue() == 0 ? null : version.longValue() - 1;
    }
}
