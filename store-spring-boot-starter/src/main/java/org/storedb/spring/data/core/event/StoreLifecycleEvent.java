package org.storedb.spring.data.core.event;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * Something happens to an entity that is stored, read or deleted through the template or a repository. A listener may
 * declare the class of the entity, as in {@code @EventListener void saved(StoreAfterSaveEvent<Order> event)}; it is called
 * by the thread at work, within its transaction, and what it throws reaches the caller. To put another object in the place
 * of the entity, use an entity callback, which comes right behind the event.
 *
 * @param <T> class of the entity
 */
public abstract class StoreLifecycleEvent<T> extends ApplicationEvent implements ResolvableTypeProvider {

    private static final long serialVersionUID = 1L;

    private final String collection;

    StoreLifecycleEvent(T entity, String collection) {
        super(entity);
        this.collection = collection;
    }

    @SuppressWarnings("unchecked") // the source is what the constructor was given
    public T getEntity() {
        return (T) getSource();
    }

    /** Name of the collection that the entity belongs to. */
    public String getCollection() {
        return collection;
    }

    @Override
    public ResolvableType getResolvableType() {
        return ResolvableType.forClassWithGenerics(getClass(), ResolvableType.forInstance(getSource()));
    }
}
