package org.storedb.spring.data.core.event;

/** Published when an entity is about to be stored, after the callbacks before conversion have run. */
public final class StoreBeforeSaveEvent<T> extends StoreLifecycleEvent<T> {

    private static final long serialVersionUID = 1L;

    public StoreBeforeSaveEvent(T entity, String collection) {
        super(entity, collection);
    }
}
