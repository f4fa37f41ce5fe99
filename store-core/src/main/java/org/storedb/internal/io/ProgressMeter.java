package org.storedb.internal.io;

import java.util.function.BooleanSupplier;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreClosedException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;

/** Counts the progress of a long operation, reports it to its monitor now and then, and ends it on request. */
public final class ProgressMeter {

    private static final long REPORT_BYTES = 1 << 20;

    private final String operation;
    private final OperationMonitor monitor;
    private final BooleanSupplier closed;
    private final long reportEvery;
    private String phase = "";
    private long done;
    private long total;
    private long reported;

    /**
     * Creates a meter that reports each megabyte.
     *
     * @param operation name of the operation in messages, such as "The backup"
     * @param closed whether the store is being closed, which also ends the operation
     */
    public ProgressMeter(String operation, OperationMonitor monitor, BooleanSupplier closed) {
        this(operation, monitor, closed, REPORT_BYTES);
    }

    /**
     * Creates a meter.
     *
     * @param operation name of the operation in messages, such as "The backup"
     * @param closed whether the store is being closed, which also ends the operation
     * @param reportEvery amount of progress between two reports
     */
    public ProgressMeter(String operation, OperationMonitor monitor, BooleanSupplier closed, long reportEvery) {
        this.operation = operation;
        this.monitor = monitor;
        this.closed = closed;
        this.reportEvery = reportEvery;
    }

    /** Begins a part of the operation. */
    public void begin(String newPhase, long newTotal) {
        phase = newPhase;
        done = 0;
        reported = 0;
        total = newTotal;
        report();
    }

    /**
     * Notes progress.
     *
     * @throws OperationCancelledException if the caller has cancelled the operation
     * @throws StoreClosedException if the store is being closed
     */
    public void advance(long amount) {
        done += amount;
        if (done - reported >= reportEvery || (total > 0 && done >= total)) {
            report();
        }
    }

    private void report() {
        reported = done;
        monitor.progress(new OperationProgress(phase, done, total));
        if (closed.getAsBoolean()) {
            throw new StoreClosedException(operation + " was stopped because the store is being closed");
        }
        if (monitor.isCancelled()) {
            throw new OperationCancelledException(operation + " was cancelled while " + phase);
        }
    }
}
