package org.storedb.spring.actuate;

import java.util.HashMap;
import java.util.Map;
import org.storedb.Store;

/** A long operation for each store, so that those of several stores can run at the same time. Safe for use by many threads. */
final class BackgroundOperations<R> implements AutoCloseable {

    private final String threadName;
    private final Map<Store, BackgroundOperation<R>> operations = new HashMap<>();
    private boolean closed;

    BackgroundOperations(String threadName) {
        this.threadName = threadName;
    }

    /** The operation of a store. */
    synchronized BackgroundOperation<R> of(Store store) {
        return operations.computeIfAbsent(store, any -> {
            BackgroundOperation<R> operation = new BackgroundOperation<>(threadName);
            if (closed) {
                operation.close();
            }
            return operation;
        });
    }

    /** Ends all that are running, and waits for that. */
    @Override
    public synchronized void close() {
        closed = true;
        operations.values().forEach(BackgroundOperation::close);
    }
}
