package org.storedb.spring.data.core.event;

/** Published when an entity has been stored, with its id and version; in a transaction, before the commit. */
public final class StoreAfterSaveEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreAfterSaveEvent(T entity, String collection) {
        super(entity, collection);
    }
}
