package org.storedb.spring.data.core.convert;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;

/** A value with properties, stored as an object of fields. */
interface ObjectMapper extends ValueMapper {

    /** The class that is declared. */
    Class<?> type();

    /**
     * How an object of its class is stored.
     *
     * @throws org.springframework.data.mapping.MappingException if reading it back would make another class of it
     */
    EntityMapper of(Object object);

    /**
     * How the object in a document was stored.
     *
     * @throws org.springframework.data.mapping.MappingException if its class is not known
     */
    EntityMapper of(DocumentValue document);

    /** Calls {@code action} for each class that an object may have. */
    void forEachClass(Consumer<EntityMapper> action);

    /** How the id is stored, which is the same for all classes. */
    PropertyMapper idProperty();

    /** How the property of this name is stored; {@code null} if there is none. */
    @Nullable
    PropertyMapper property(String name);

    /** How the property in the field of this name is stored; {@code null} if there is none. */
    @Nullable
    PropertyMapper propertyByField(String fieldName);
}
