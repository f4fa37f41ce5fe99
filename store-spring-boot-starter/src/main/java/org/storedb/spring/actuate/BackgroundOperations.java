package org.storedb.spring.actuate;

import java.util.HashMap;
import java.util.Map;
import org.storedb.Store;

/**
 * One long operation per store, so that those of several stores can run at the same time. Safe for use by multiple
 * threads.
 */
final class BackgroundOperations<R> implements AutoCloseable {

    private final String threadName;
    private final Map<Store, BackgroundOperation<R>> operations = new HashMap<>();
    private boolean closed;

    BackgroundOperations(String threadName) {
        this.threadName = threadName;
    }

    /** Returns the operation of a store. */
    synchronized BackgroundOperation<R> of(Store store) {
        return operations.computeIfAbsent(store, any -> {
            BackgroundOperation<R> operation = new BackgroundOperation<>(threadName);
            if (closed) {
                operation.close();
            }
            return operation;
        });
    }

    /** Cancels all running operations and waits for their end. */
    @Override
    public synchronized void close() {
        closed = true;
        operations.values().forEach(BackgroundOperation::close);
    }
}
