package org.storedb.spring.data.core.event;

/** An entity is about to be stored; its id and audit fields may be missing yet. */
public final class StoreBeforeConvertEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeConvertEvent(T entity, String collection) {
        super(entity, collection);
    }
}
