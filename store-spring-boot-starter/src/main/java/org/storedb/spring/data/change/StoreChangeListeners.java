package org.storedb.spring.data.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.storedb.Store;
import org.storedb.error.ChangesLostException;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeSubscription;
import org.storedb.feed.Delivery;
import org.storedb.feed.SubscriptionStatus;

/**
 * All methods annotated with {@link StoreChangeListener}. Their calls start after everything else has started, and stop
 * first; stopping waits for a running call, for up to 10 seconds. When restarted, they resume where they stopped. Safe
 * for use by multiple threads.
 */
public class StoreChangeListeners implements SmartLifecycle {

    private final ChangeListenerSettings settings;
    private volatile Map<String, Registration> registrations = Map.of(); // replaced under this, never modified
    private boolean running; // guarded by this

    public StoreChangeListeners(ChangeListenerSettings settings) {
        this.settings = settings;
    }

    /** Adds a method, under the name in its annotation, or else under an unused one derived from the method. */
    synchronized void add(ChangeMethod method, StoreChangeListener annotation, String name) {
        String key = name.isEmpty() ? freeName(method) : name;
        ChangeRequest request = settings.applyTo(method.request());
        if (annotation.fromBeginning()) {
            request = request.after(0);
        }
        Registration added = new Registration(key, method, name.isEmpty() ? request : request.named(name));
        Map<String, Registration> more = new LinkedHashMap<>(registrations);
        Registration other = more.putIfAbsent(key, added);
        if (other != null) {
            throw new IllegalStateException("%s and %s are both @StoreChangeListener(\"%s\"); give each its own name"
                    .formatted(other.method, method, key));
        }
        registrations = more;
        if (running) {
            added.start();
        }
    }

    private String freeName(ChangeMethod method) {
        return registrations.containsKey(method.toString()) ? method.identity() : method.toString();
    }

    @Override
    public synchronized void start() {
        if (!running) {
            List<Registration> started = new ArrayList<>();
            try {
                for (Registration registration : registrations.values()) {
                    registration.start();
                    started.add(registration);
                }
            } catch (RuntimeException e) {
                started.forEach(Registration::stop);
                throw e;
            }
            running = true;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        registrations.values().forEach(Registration::stop);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return settings.autoStartup();
    }

    /**
     * Returns the status of each started method, by the name in its annotation, or else as {@code Class.method}; if
     * this name is taken, bean, package and argument are included.
     */
    public Map<String, SubscriptionStatus> status() {
        Map<String, SubscriptionStatus> all = new LinkedHashMap<>();
        registrations.forEach((name, registration) -> {
            ChangeSubscription subscription = registration.subscription;
            if (subscription != null) {
                all.put(name, subscription.status());
            }
        });
        return all;
    }

    /**
     * Stops a method and starts it again where it stopped, for instance when a resource it needs is available again
     * after its retries were exhausted. A method without a name misses what a compaction has removed in the meantime,
     * which is logged. While all methods are stopped, this does nothing: {@link #start()} starts this one, too.
     *
     * @throws NoSuchElementException if there is none with this name
     */
    public synchronized void restart(String name) {
        Registration registration = registrations.get(name);
        if (registration == null) {
            throw new NoSuchElementException(
                    "There is no @StoreChangeListener '%s', only %s".formatted(name, registrations.keySet()));
        }
        if (running) {
            registration.stop();
            registration.start();
        }
    }

    /** A method and, while it is being called, its subscription. */
    private static final class Registration {

        private final String name;
        private final ChangeMethod method;
        private final ChangeRequest request;
        private final boolean named;
        private volatile @Nullable ChangeSubscription subscription;
        private @Nullable Long position;

        Registration(String name, ChangeMethod method, ChangeRequest request) {
            this.name = name;
            this.method = method;
            this.request = request;
            this.named = request.name() != null;
        }

        void start() {
            Store store = method.template().getStore();
            ChangeRequest from = named || position == null ? request : request.after(position);
            if (store.isReadOnly()) {
                requireNoName();
                from = from.withDelivery(Delivery.COMMITTED); // It cannot determine what is durable.
            }
            LoggedListener listener = new LoggedListener(name, method, request.retries());
            subscription =
                    from.after() == null ? store.changes().subscribe(from, listener) : subscribe(store, from, listener);
        }

        private void requireNoName() {
            if (named) {
                throw new IllegalStateException(
                        "%s is @StoreChangeListener(\"%s\"), but the position of a name cannot be recorded in a store that is only read: leave out the name, keep the bean to the application that writes, with a @Profile for instance, or set 'store.change-listeners.auto-startup=false'"
                                .formatted(method, name));
            }
        }

        /**
         * Subscribes after a position, or at the oldest available changes. A position recorded under a name takes
         * precedence.
         */
        private ChangeSubscription subscribe(Store store, ChangeRequest from, LoggedListener listener) {
            long wanted = Objects.requireNonNull(from.after());
            long start = Math.max(wanted, store.changes().oldestPosition());
            try {
                ChangeSubscription started = store.changes().subscribe(from.after(start), listener);
                if (position != null && start > position) {
                    listener.missed(position, start);
                }
                return started;
            } catch (ChangesLostException e) {
                boolean isCompactedMeanwhile = e.asked() == start && e.oldest() > start;
                if (!isCompactedMeanwhile) {
                    throw e;
                }
                return subscribe(store, from, listener);
            }
        }

        void stop() {
            ChangeSubscription running = subscription;
            if (running != null) {
                running.close();
                position = running.status().position();
            }
        }
    }
}
