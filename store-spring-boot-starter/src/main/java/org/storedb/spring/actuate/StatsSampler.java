package org.storedb.spring.actuate;

import java.time.Duration;
import java.util.function.Consumer;
import org.storedb.Store;
import org.storedb.StoreStats;

/**
 * Sampler of a store's statistics, which are requested one by one but belong together: they are taken at most once a
 * second, and keep their last values after the store is closed.
 */
final class StatsSampler {

    private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Store store;

    private Consumer<StoreStats> listener = sample -> {}; // guarded by this
    private StoreStats latest; // guarded by this
    private long takenAtNanos; // guarded by this

    StatsSampler(Store store) {
        this.store = store;
        this.latest = store.stats();
        this.takenAtNanos = System.nanoTime();
    }

    /** Passes the latest sample and every further one to {@code newListener}. */
    synchronized void onSample(Consumer<StoreStats> newListener) {
        listener = newListener;
        listener.accept(latest);
    }

    synchronized StoreStats get() {
        if (System.nanoTime() - takenAtNanos > MAX_AGE_NANOS && store.isOpen()) {
            latest = store.stats();
            takenAtNanos = System.nanoTime();
            listener.accept(latest);
        }
        return latest;
    }
}
