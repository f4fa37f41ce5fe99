package org.storedb.spring.data.core.event;

/** Published when an entity has been read. */
public final class StoreAfterConvertEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreAfterConvertEvent(T entity, String collection) {
        super(entity, collection);
    }
}
