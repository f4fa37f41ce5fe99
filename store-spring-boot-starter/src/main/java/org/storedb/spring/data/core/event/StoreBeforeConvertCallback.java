package org.storedb.spring.data.core.event;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Called first when an entity is to be stored: after it has been decided whether it is new, before it has its id and
 * version. May set what the entity lacks; auditing is one of these.
 */
@FunctionalInterface
public interface StoreBeforeConvertCallback<T> extends EntityCallback<T> {

    /**
     * Changes the entity, or makes the one to store instead.
     *
     * @param entity the entity as it was handed in
     * @param collection name of the collection it goes to
     * @return the entity to store
     */
    T onBeforeConvert(T entity, String collection);
}
