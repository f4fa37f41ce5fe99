package org.storedb.spring.data.core.event;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * An event in the life of an entity that is stored, read or deleted through the template or a repository. A listener
 * may declare the class of the entity, as in {@code @EventListener void saved(StoreAfterSaveEvent<Order> event)}; it is
 * called in the thread that does the work, within its transaction, and its exceptions reach the caller. To replace the
 * entity by another object, use an entity callback, which is called right after the event.
 *
 * @param <T> the class of the entity
 */
public abstract class StoreLifecycleEvent<T> extends ApplicationEvent implements ResolvableTypeProvider {

    private static final long serialVersionUID = 1L;

    private final String collection;

    StoreLifecycleEvent(T entity, String collection) {
        super(entity);
        this.collection = collection;
    }

    @SuppressWarnings("unchecked") // the source is the entity passed to the constructor
    public T getEntity() {
        return (T) getSource();
    }

    /** Returns the name of the collection that the entity belongs to. */
    public String getCollection() {
        return collection;
    }

    @Override
    public ResolvableType getResolvableType() {
        return ResolvableType.forClassWithGenerics(getClass(), ResolvableType.forInstance(getSource()));
    }
}
