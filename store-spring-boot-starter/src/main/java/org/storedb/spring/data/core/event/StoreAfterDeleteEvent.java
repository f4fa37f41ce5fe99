package org.storedb.spring.data.core.event;

/** Published when an entity has been deleted; in a transaction, before the commit. */
public final class StoreAfterDeleteEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreAfterDeleteEvent(T entity, String collection) {
        super(entity, collection);
    }
}
