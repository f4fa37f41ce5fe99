package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Called for an entity that is about to be deleted, if it was handed in itself. Deleting by an id or a query reads no
 * entity and calls no callback.
 */
@FunctionalInterface
public interface StoreBeforeDeleteCallback<T> extends EntityCallback<T> {

    /**
     * Checks the entity. What it throws keeps it from being deleted.
     *
     * @param entity the entity to delete
     * @param collection name of the collection it is in
     * @return the entity to delete: its id and version decide
     */
    T onBeforeDelete(T entity, String collection);
}
