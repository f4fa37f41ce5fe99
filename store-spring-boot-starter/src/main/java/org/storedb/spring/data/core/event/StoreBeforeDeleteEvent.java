package org.storedb.spring.data.core.event;

/** An entity is about to be deleted. Deleting by id or by a query tells of no entities. */
public final class StoreBeforeDeleteEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeDeleteEvent(T entity, String collection) {
        super(entity, collection);
    }
}
