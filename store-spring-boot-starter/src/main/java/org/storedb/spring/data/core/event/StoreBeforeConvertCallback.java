package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * First callback for an entity that is about to be stored: after it has been determined whether it is new, but before
 * it has its id and version. It may set what the entity lacks, as auditing does.
 */
@FunctionalInterface
public interface StoreBeforeConvertCallback<T> extends EntityCallback<T> {

    /**
     * Changes the entity, or replaces it.
     *
     * @param entity the entity as it was passed in
     * @param collection the name of the collection it will be stored in
     * @return the entity to store
     */
    T onBeforeConvert(T entity, String collection);
}
