package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Callback for an entity that is about to be stored, after every {@link StoreBeforeConvertCallback}; suited to check
 * the entity. An exception prevents the entity, and all that are stored together with it, from being stored.
 */
@FunctionalInterface
public interface StoreBeforeSaveCallback<T> extends EntityCallback<T> {

    /**
     * Checks the entity, or makes final changes.
     *
     * @param entity the entity as it will be stored
     * @param collection the name of the collection it will be stored in
     * @return the entity to store
     */
    T onBeforeSave(T entity, String collection);
}
