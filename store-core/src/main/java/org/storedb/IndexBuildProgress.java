package org.storedb;

import org.storedb.error.OperationCancelledException;
import org.storedb.internal.document.IndexBuilder;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;

/**
 * Reports the progress of an index build to a monitor, and ends the build when the monitor cancels it or the store is
 * closed.
 */
final class IndexBuildProgress implements IndexBuilder.Progress {

    private final String index;
    private final OperationMonitor monitor;
    private final Engine engine;

    IndexBuildProgress(String index, OperationMonitor monitor, Engine engine) {
        this.index = index;
        this.monitor = monitor;
        this.engine = engine;
    }

    @Override
    public void report(long documentsDone, long documentsTotal) {
        monitor.progress(new OperationProgress("building index '" + index + "'", documentsDone, documentsTotal));
        engine.requireOpen();
        if (monitor.isCancelled()) {
            throw new OperationCancelledException(
                    "Building index '" + index + "' was cancelled; the index was not created");
        }
    }
}
