package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/** Called for every entity that is read, before anybody sees it. Costs time with each of them, so it should be quick. */
@FunctionalInterface
public interface StoreAfterConvertCallback<T> extends EntityCallback<T> {

    /**
     * Completes the entity, or makes the one that the caller gets.
     *
     * @param entity the entity as it was read
     * @param collection name of the collection it was read from
     * @return the entity that the caller gets
     */
    T onAfterConvert(T entity, String collection);
}
