package org.storedb.spring.data.core.convert;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.DocumentWriter;
import org.storedb.error.StoreException;

/** Writer of the field of one property of an object. Safe for use by multiple threads. */
final class FieldWriter {

    private final PropertyMapper property;
    private final PropertyGetter getter;

    FieldWriter(PropertyMapper property, PropertyGetter getter) {
        this.property = property;
        this.getter = getter;
    }

    PropertyMapper property() {
        return property;
    }

    PropertyGetter getter() {
        return getter;
    }

    /** Writes the field of an object, or nothing if the property has no value. */
    void write(Object object, DocumentWriter writer) {
        writeValue(getter.get(object), writer);
    }

    /** Writes the field with this value; null and an empty {@code Optional} are no value. */
    void writeValue(@Nullable Object value, DocumentWriter writer) {
        if (value == null || (value instanceof Optional<?> optional && optional.isEmpty())) {
            return;
        }
        writer.name(property.fieldName());
        try {
            property.value().write(value, writer);
        } catch (MappingException | StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw property.failure("stored", e);
        }
    }
}
