package org.storedb.spring.data.core.event;

/** Published when an entity is about to be deleted. Deletions by id or query publish no events. */
public final class StoreBeforeDeleteEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeDeleteEvent(T entity, String collection) {
        super(entity, collection);
    }
}
