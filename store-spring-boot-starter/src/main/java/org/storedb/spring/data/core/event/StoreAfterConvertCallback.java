package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/** Callback for every entity that is read, before the caller gets it. It runs on each read, so it should be quick. */
@FunctionalInterface
public interface StoreAfterConvertCallback<T> extends EntityCallback<T> {

    /**
     * Completes the entity, or replaces it.
     *
     * @param entity the entity as it was read
     * @param collection the name of the collection it was read from
     * @return the entity for the caller
     */
    T onAfterConvert(T entity, String collection);
}
