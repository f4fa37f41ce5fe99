package org.storedb.spring.data.core.event;

/** An entity has been deleted; in a transaction, that is before the commit. */
public final class StoreAfterDeleteEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreAfterDeleteEvent(T entity, String collection) {
        super(entity, collection);
    }
}
