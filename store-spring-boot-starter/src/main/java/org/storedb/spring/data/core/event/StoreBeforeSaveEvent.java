package org.storedb.spring.data.core.event;

/** An entity is about to be stored; the callbacks before the conversion have run. */
public final class StoreBeforeSaveEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeSaveEvent(T entity, String collection) {
        super(entity, collection);
    }
}
