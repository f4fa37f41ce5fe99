package org.storedb.spring.data.core.convert;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.FieldType;

/** Mapper of values with properties, stored as objects of fields. */
interface ObjectMapper extends ValueMapper {

    /** Returns the declared class. */
    Class<?> type();

    @Override
    default FieldType fieldType() {
        return FieldType.OBJECT;
    }

    /**
     * Returns the mapper for the class of an object.
     *
     * @throws org.springframework.data.mapping.MappingException if the object would be read back as another class
     */
    EntityMapper of(Object object);

    /**
     * Returns the mapper for the class of the object in a document.
     *
     * @throws org.springframework.data.mapping.MappingException if its class is unknown
     */
    EntityMapper of(DocumentValue document);

    /** Calls {@code action} for each class that an object may have. */
    void forEachClass(Consumer<EntityMapper> action);

    /** Returns the mapper of the id, which is the same for all classes. */
    PropertyMapper idProperty();

    /** Returns the mapper of the property with this name; {@code null} if there is none. */
    @Nullable
    PropertyMapper property(String name);

    /** Returns the mapper of the property stored in the field with this name; {@code null} if there is none. */
    @Nullable
    PropertyMapper propertyByField(String fieldName);
}
