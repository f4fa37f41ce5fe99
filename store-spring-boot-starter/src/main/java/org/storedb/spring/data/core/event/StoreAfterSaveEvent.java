package org.storedb.spring.data.core.event;

/** An entity has been stored, with its id and version; in a transaction, that is before the commit. */
public final class StoreAfterSaveEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreAfterSaveEvent(T entity, String collection) {
        super(entity, collection);
    }
}
