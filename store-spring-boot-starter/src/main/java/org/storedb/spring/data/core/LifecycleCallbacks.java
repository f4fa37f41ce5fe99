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
 * The callbacks and the lifecycle events of an application. Finding those for an entity takes longer than reading it, so a kind of which there are
 * none is not looked for each time.
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

    /** The beans of an application; none is created before it is needed, because it may need the template itself. */
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

    /** Whether something is to be done at this place of an entity's life. */
    boolean use(Class<? extends EntityCallback> kind) {
        return used.contains(kind) || events.canBeHeard();
    }

    /** What the callbacks of a kind make of an entity, when the listeners have heard of it. */
    <T> T call(Class<? extends EntityCallback> kind, T entity, String collection) {
        events.publish(kind, entity, collection);
        return used.contains(kind) ? callbacks.get().callback(kind, entity, collection) : entity;
    }

    /** Whether callbacks may change entities after they are read. */
    boolean completeEntities() {
        return used.contains(StoreAfterConvertCallback.class);
    }
}
