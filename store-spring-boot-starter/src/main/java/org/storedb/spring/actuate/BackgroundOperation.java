package org.storedb.spring.actuate;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.storedb.error.OperationCancelledException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;

/**
 * Runner of a long operation in its own thread, one at a time. Failures are logged. Safe for use by multiple threads;
 * {@code this} guards the state.
 */
final class BackgroundOperation<R> implements AutoCloseable {

    private static final Log LOGGER = LogFactory.getLog(BackgroundOperation.class);

    private final Executor executor;
    private @Nullable Instant startedAt;
    private @Nullable R lastReport;
    private @Nullable String lastFailure;
    private boolean closed;
    private volatile @Nullable OperationProgress progress;
    private volatile boolean cancelled;

    BackgroundOperation(String threadName) {
        this(daemons(threadName));
    }

    BackgroundOperation(Executor executor) {
        this.executor = executor;
    }

    private static Executor daemons(String threadName) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(threadName);
        executor.setDaemon(true);
        return executor;
    }

    /**
     * Starts an operation, unless one is running.
     *
     * @return whether it was started
     */
    synchronized boolean start(Function<OperationMonitor, R> operation) {
        if (startedAt != null || closed) {
            return false;
        }
        progress = null;
        executor.execute(() -> run(operation)); // Throws if no thread can be created.
        startedAt = Instant.now(); // It cannot end earlier, since that takes the lock.
        return true;
    }

    synchronized OperationStatus<R> status() {
        return new OperationStatus<>(startedAt != null, startedAt, progress, lastReport, lastFailure);
    }

    private void run(Function<OperationMonitor, R> operation) {
        try {
            ended(operation.apply(OperationMonitor.of(now -> progress = now, () -> cancelled)), null);
        } catch (OperationCancelledException e) { // The application ends.
            LOGGER.warn(e.getMessage());
            ended(null, e.getMessage());
        } catch (RuntimeException | Error e) { // The status must show any failure.
            LOGGER.error(e.getMessage(), e);
            ended(null, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        }
    }

    private synchronized void ended(@Nullable R report, @Nullable String failure) {
        startedAt = null;
        progress = null;
        lastFailure = failure;
        if (report != null) {
            lastReport = report;
        }
        notifyAll();
    }

    /** Cancels a running operation and waits for its end: the store is closed next. */
    @Override
    public synchronized void close() {
        closed = true;
        cancelled = true;
        boolean interrupted = false;
        while (startedAt != null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
