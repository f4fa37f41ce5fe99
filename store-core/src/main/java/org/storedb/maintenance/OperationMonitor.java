package org.storedb.maintenance;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Watches a long operation, and may end it. Called by the thread that does the work, often: whatever it does should take
 * microseconds. An exception that it throws ends the operation and is thrown on.
 */
public interface OperationMonitor {

    /** Called now and then. */
    default void progress(OperationProgress progress) {}

    /** Asked now and then; true ends the operation with an {@code OperationCancelledException}. */
    default boolean isCancelled() {
        return false;
    }

    /** Watches nothing. */
    static OperationMonitor none() {
        return new OperationMonitor() {};
    }

    /** Passes progress on. */
    static OperationMonitor of(Consumer<OperationProgress> progress) {
        return of(progress, () -> false);
    }

    /** Passes progress on, and ends the operation when {@code cancelled} says so. */
    static OperationMonitor of(Consumer<OperationProgress> progress, BooleanSupplier cancelled) {
        return new OperationMonitor() {
            @Override
            public void progress(OperationProgress now) {
                progress.accept(now);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.getAsBoolean();
            }
        };
    }
}
