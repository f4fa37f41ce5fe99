package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.NativeDetector;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.ClassGeneratingPropertyAccessorFactory;
import org.springframework.data.mapping.model.PersistentPropertyAccessorFactory;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * How the properties of objects of one class are read and set. The accessor of the metamodel can set even what a class does
 * not let anybody set, by making a new object, and so makes another accessor for each property that it is asked for; where
 * this is not needed, one accessor for all properties takes a fraction of the time. Safe for use by many threads.
 */
final class PropertyAccess {

    private final StorePersistentEntity<?> entity;
    private final @Nullable PersistentPropertyAccessorFactory direct;
    private final boolean mutable;

    private PropertyAccess(
            StorePersistentEntity<?> entity, @Nullable PersistentPropertyAccessorFactory direct, boolean mutable) {
        this.entity = entity;
        this.direct = direct;
        this.mutable = mutable;
    }

    /** Access by classes that {@code generator} makes, where it can. */
    static PropertyAccess of(StorePersistentEntity<?> entity, ClassGeneratingPropertyAccessorFactory generator) {
        boolean canBeGenerated = !NativeDetector.inNativeImage()
                && !KotlinDetector.isKotlinType(entity.getType())
                && generator.isSupported(entity);
        return new PropertyAccess(entity, canBeGenerated ? generator : null, isMutable(entity));
    }

    private static boolean isMutable(StorePersistentEntity<?> entity) {
        for (StorePersistentProperty property : entity) {
            if (property.isImmutable() && property.getWither() == null) {
                return false;
            }
        }
        return true;
    }

    /** Whether objects are as their fields and methods say, so that these may be read without an accessor. */
    boolean isDirect() {
        return direct != null;
    }

    /** An accessor to read properties only. */
    PersistentPropertyAccessor<?> reading(Object object) {
        return direct == null ? entity.getPropertyAccessor(object) : direct.getPropertyAccessor(entity, object);
    }

    /** An accessor to read and set properties; the object that has them in the end is its bean. */
    PersistentPropertyAccessor<?> setting(Object object) {
        return mutable ? reading(object) : entity.getPropertyAccessor(object);
    }
}
