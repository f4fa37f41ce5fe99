package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Callback for an entity that has been stored. Within a transaction it is called before the commit, and its exceptions
 * reach the caller, whose transaction decides; otherwise it is called after the commit.
 */
@FunctionalInterface
public interface StoreAfterSaveCallback<T> extends EntityCallback<T> {

    /**
     * Handles the stored entity, or replaces it for the caller.
     *
     * @param entity the entity with its id and version
     * @param collection the name of the collection it was stored in
     * @return the entity for the caller
     */
    T onAfterSave(T entity, String collection);
}
