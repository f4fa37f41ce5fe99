package org.storedb.spring.data.core.mapping;

import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.context.AbstractMappingContext;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;

/** The entities of an application. */
public class StoreMappingContext extends AbstractMappingContext<StorePersistentEntity<?>, StorePersistentProperty> {

    public StoreMappingContext() {
        setSimpleTypeHolder(StoreSimpleTypes.HOLDER);
    }

    @Override
    protected <T> StorePersistentEntity<T> createPersistentEntity(TypeInformation<T> type) {
        return new StorePersistentEntity<>(type);
    }

    @Override
    protected StorePersistentProperty createPersistentProperty(
            Property property, StorePersistentEntity<?> owner, SimpleTypeHolder simpleTypes) {
        return new StorePersistentProperty(property, owner, simpleTypes);
    }

    /** The JDK's own types are never entities, not even those that are not known as simple ones. */
    @Override
    protected boolean shouldCreatePersistentEntityFor(TypeInformation<?> type) {
        return !type.getType().getName().startsWith("java.") && super.shouldCreatePersistentEntityFor(type);
    }
}
