package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Called for an entity that has been stored. Within a transaction that is before the commit, and what it throws reaches
 * the caller, whose transaction decides; outside of one it is after the commit.
 */
@FunctionalInterface
public interface StoreAfterSaveCallback<T> extends EntityCallback<T> {

    /**
     * Takes note of the stored entity, or makes what its caller gets.
     *
     * @param entity the entity with its id and version
     * @param collection name of the collection it went to
     * @return the entity that the caller gets
     */
    T onAfterSave(T entity, String collection);
}
