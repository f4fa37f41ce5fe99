package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Called for an entity that has been deleted, if it was handed in itself. Within a transaction that is before the commit.
 */
@FunctionalInterface
public interface StoreAfterDeleteCallback<T> extends EntityCallback<T> {

    /**
     * Takes note of the deleted entity.
     *
     * @param entity the deleted entity
     * @param collection name of the collection it was in
     * @return the deleted entity
     */
    T onAfterDelete(T entity, String collection);
}
