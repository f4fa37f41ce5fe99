package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Called for an entity that is about to be stored, after every {@link StoreBeforeConvertCallback}: the place to check it.
 * What it throws keeps the entity, and all that are stored together with it, from being stored.
 */
@FunctionalInterface
public interface StoreBeforeSaveCallback<T> extends EntityCallback<T> {

    /**
     * Checks the entity, or changes it for the last time.
     *
     * @param entity the entity as it will be stored
     * @param collection name of the collection it goes to
     * @return the entity to store
     */
    T onBeforeSave(T entity, String collection);
}
