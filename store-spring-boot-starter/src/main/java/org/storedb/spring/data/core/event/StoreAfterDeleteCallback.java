package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Callback for an entity that has been deleted, if the entity itself was passed in. Within a transaction it is called
 * before the commit.
 */
@FunctionalInterface
public interface StoreAfterDeleteCallback<T> extends EntityCallback<T> {

    /**
     * Handles the deleted entity.
     *
     * @param entity the deleted entity
     * @param collection the name of the collection it was in
     * @return the deleted entity
     */
    T onAfterDelete(T entity, String collection);
}
