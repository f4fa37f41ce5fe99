package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Callback for an entity that is about to be deleted, if the entity itself was passed in. Deletions by id or query read
 * no entity and call no callback.
 */
@FunctionalInterface
public interface StoreBeforeDeleteCallback<T> extends EntityCallback<T> {

    /**
     * Checks the entity. An exception prevents it from being deleted.
     *
     * @param entity the entity to delete
     * @param collection the name of the collection it is in
     * @return the entity to delete, identified by its id and version
     */
    T onBeforeDelete(T entity, String collection);
}
