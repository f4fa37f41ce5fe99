package org.storedb.spring.data.core;

import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.data.mapping.callback.EntityCallback;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.event.StoreAfterConvertEvent;
import org.storedb.spring.data.core.event.StoreAfterDeleteCallback;
import org.storedb.spring.data.core.event.StoreAfterDeleteEvent;
import org.storedb.spring.data.core.event.StoreAfterSaveCallback;
import org.storedb.spring.data.core.event.StoreAfterSaveEvent;
import org.storedb.spring.data.core.event.StoreBeforeConvertCallback;
import org.storedb.spring.data.core.event.StoreBeforeConvertEvent;
import org.storedb.spring.data.core.event.StoreBeforeDeleteCallback;
import org.storedb.spring.data.core.event.StoreBeforeDeleteEvent;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;
import org.storedb.spring.data.core.event.StoreBeforeSaveEvent;
import org.storedb.spring.data.core.event.StoreLifecycleEvent;

/**
 * Publisher of the lifecycle events of entities. Publishing takes longer than reading an entity, so an event is created
 * only if there is a listener that could receive it; listeners are looked up again when their number has changed.
 */
@SuppressWarnings("rawtypes") // callbacks are named by their class only
final class LifecycleEvents {

    static final LifecycleEvents NONE = new LifecycleEvents(null);

    private static final Map<Class<? extends EntityCallback>, Kind> KINDS = Map.of(
            StoreBeforeConvertCallback.class,
            new Kind(StoreBeforeConvertEvent.class, StoreBeforeConvertEvent::new),
            StoreBeforeSaveCallback.class,
            new Kind(StoreBeforeSaveEvent.class, StoreBeforeSaveEvent::new),
            StoreAfterSaveCallback.class,
            new Kind(StoreAfterSaveEvent.class, StoreAfterSaveEvent::new),
            StoreAfterConvertCallback.class,
            new Kind(StoreAfterConvertEvent.class, StoreAfterConvertEvent::new),
            StoreBeforeDeleteCallback.class,
            new Kind(StoreBeforeDeleteEvent.class, StoreBeforeDeleteEvent::new),
            StoreAfterDeleteCallback.class,
            new Kind(StoreAfterDeleteEvent.class, StoreAfterDeleteEvent::new));

    private final @Nullable ApplicationContext context;
    private volatile Heard heard = new Heard(-1, Set.of());

    LifecycleEvents(@Nullable ApplicationContext context) {
        this.context = context;
    }

    /** Returns whether there may ever be a listener. */
    boolean canBeHeard() {
        return context != null;
    }

    /** Publishes the event that corresponds to a kind of callback, if there is a listener for it. */
    void publish(Class<? extends EntityCallback> kind, Object entity, String collection) {
        if (context != null && isHeard(kind, context)) {
            context.publishEvent(kindOf(kind).event().apply(entity, collection));
        }
    }

    private boolean isHeard(Class<? extends EntityCallback> kind, ApplicationContext from) {
        int listeners = countListeners(from);
        Heard known = heard;
        if (known.listeners() != listeners) {
            known = new Heard(listeners, kindsHeardIn(from));
            heard = known;
        }
        return known.kinds().contains(kind);
    }

    private static int countListeners(ApplicationContext from) {
        int count = 0;
        for (ApplicationContext each = from; each != null; each = each.getParent()) {
            count += each instanceof AbstractApplicationContext known
                    ? known.getApplicationListeners().size()
                    : 0;
        }
        return count;
    }

    private static Set<Class<? extends EntityCallback>> kindsHeardIn(ApplicationContext from) {
        Set<Class<? extends EntityCallback>> kinds = new HashSet<>();
        for (Class<? extends EntityCallback> kind : KINDS.keySet()) {
            if (isHeardIn(from, kindOf(kind).type())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static boolean isHeardIn(ApplicationContext from, Class<?> event) {
        for (ApplicationContext each = from; each != null; each = each.getParent()) {
            if (!(each instanceof AbstractApplicationContext known)) {
                return true; // Its listeners are unknown.
            }
            try {
                if (known.getApplicationListeners().stream().anyMatch(listener -> mayHear(listener, event))) {
                    return true;
                }
            } catch (ConcurrentModificationException e) {
                return true; // A listener is being added; the lookup is repeated as their number changes.
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked") // event is the class of a lifecycle event
    private static boolean mayHear(ApplicationListener<?> listener, Class<?> event) {
        if (listener instanceof GenericApplicationListener generic) {
            return generic.supportsEventType(ResolvableType.forClass(event));
        }
        if (listener instanceof SmartApplicationListener smart) {
            return smart.supportsEventType((Class<StoreLifecycleEvent<?>>) event);
        }
        return ResolvableType.forClass(AopProxyUtils.ultimateTargetClass(listener))
                .as(ApplicationListener.class)
                .getGeneric()
                .toClass()
                .isAssignableFrom(event);
    }

    private static Kind kindOf(Class<? extends EntityCallback> kind) {
        Kind known = KINDS.get(kind);
        if (known == null) {
            throw new IllegalArgumentException("There is no event for " + kind.getName());
        }
        return known;
    }

    /** The kinds of events that have a listener, given this number of listeners. */
    private record Heard(int listeners, Set<Class<? extends EntityCallback>> kinds) {}

    private record Kind(Class<?> type, BiFunction<Object, String, StoreLifecycleEvent<?>> event) {}
}
