package org.storedb.spring.data.core.event;

/** Published when an entity is about to be stored; its id and audit fields may still be missing. */
public final class StoreBeforeConvertEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeConvertEvent(T entity, String collection) {
        super(entity, collection);
    }
}
