package org.storedb.spring.data.core;

import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mapping.callback.EntityCallback;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.util.Lazy;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.event.StoreAfterDeleteCallback;
import org.storedb.spring.data.core.event.StoreAfterSaveCallback;
import org.storedb.spring.data.core.event.StoreBeforeConvertCallback;
import org.storedb.spring.data.core.event.StoreBeforeDeleteCallback;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;

/**
 * The callbacks and lifecycle events of an application. Looking up callbacks for an entity takes longer than reading
 * it, so a kind without any is not looked up each time.
 */
@SuppressWarnings("rawtypes") // callbacks are looked up by the class of the entity
final class LifecycleCallbacks {

    private static final Set<Class<? extends EntityCallback>> KINDS = Set.of(
            StoreBeforeConvertCallback.class,
            StoreBeforeSaveCallback.class,
            StoreAfterSaveCallback.class,
            StoreAfterConvertCallback.class,
            StoreBeforeDeleteCallback.class,
            StoreAfterDeleteCallback.class);

    static final LifecycleCallbacks NONE =
            new LifecycleCallbacks(Lazy.of(EntityCallbacks::create), Set.of(), LifecycleEvents.NONE);

    private final Lazy<EntityCallbacks> callbacks;
    private final Set<Class<? extends EntityCallback>> used;
    private final LifecycleEvents events;

    private LifecycleCallbacks(
            Lazy<EntityCallbacks> callbacks, Set<Class<? extends EntityCallback>> used, LifecycleEvents events) {
        this.callbacks = callbacks;
        this.used = used;
        this.events = events;
    }

    static LifecycleCallbacks of(EntityCallbacks callbacks) {
        return new LifecycleCallbacks(Lazy.of(callbacks), KINDS, LifecycleEvents.NONE);
    }

    /**
     * Uses the beans of an application, each created only when it is needed, because it may need the template itself.
     */
    static LifecycleCallbacks of(ApplicationContext context) {
        Set<Class<? extends EntityCallback>> used = new HashSet<>();
        for (Class<? extends EntityCallback> kind : KINDS) {
            if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, kind, true, false).length > 0) {
                used.add(kind);
            }
        }
        return new LifecycleCallbacks(
                Lazy.of(() -> EntityCallbacks.create(context)), used, new LifecycleEvents(context));
    }

    /** Returns whether there is anything to do at this point in an entity's life. */
    boolean use(Class<? extends EntityCallback> kind) {
        return used.contains(kind) || events.canBeHeard();
    }

    /** Publishes the event of a kind, then returns what the callbacks of this kind make of the entity. */
    <T> T call(Class<? extends EntityCallback> kind, T entity, String collection) {
        events.publish(kind, entity, collection);
        return used.contains(kind) ? callbacks.get().callback(kind, entity, collection) : entity;
    }

    /** Returns whether callbacks may change entities after they are read. */
    boolean completeEntities() {
        return used.contains(StoreAfterConvertCallback.class);
    }
}
