package org.storedb.spring.data.core.convert;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Mapper of one property of an entity to the field it is stored in. */
record PropertyMapper(StorePersistentProperty property, String fieldName, ValueMapper value, boolean creatorArgument) {

    /** Returns the property's value in an entity; an empty {@code Optional} is no value. */
    @Nullable
    Object valueOf(PersistentPropertyAccessor<?> accessor) {
        Object current = accessor.getProperty(property);
        return current instanceof Optional<?> optional && optional.isEmpty() ? null : current;
    }

    /** Returns the exception for a value that cannot be stored or read. */
    MappingException failure(String action, RuntimeException cause) {
        return new MappingException(
                "Property '%s' of %s cannot be %s: %s"
                        .formatted(
                                property.getName(),
                                property.getOwner().getType().getName(),
                                action,
                                cause.getMessage()),
                cause);
    }
}
