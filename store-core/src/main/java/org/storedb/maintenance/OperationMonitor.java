package org.storedb.maintenance;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Monitors a long operation, and can cancel it. Called often, by the thread that does the work: calls should take
 * microseconds. An exception thrown by it ends the operation and is propagated.
 */
public interface OperationMonitor {

    /** Called with the progress so far, at irregular intervals. */
    default void progress(OperationProgress progress) {}

    /** Called at irregular intervals; returning true ends the operation with an {@code OperationCancelledException}. */
    default boolean isCancelled() {
        return false;
    }

    /** Returns a monitor that does nothing. */
    static OperationMonitor none() {
        return new OperationMonitor() {};
    }

    /** Returns a monitor that passes on progress. */
    static OperationMonitor of(Consumer<OperationProgress> progress) {
        return of(progress, () -> false);
    }

    /** Returns a monitor that passes on progress, and cancels the operation when {@code cancelled} returns true. */
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
