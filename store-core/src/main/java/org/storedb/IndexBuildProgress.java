package org.storedb;

import org.storedb.error.OperationCancelledException;
import org.storedb.internal.document.IndexBuilder;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;

/** Tells a monitor how far the building of an index is, and ends it when the monitor, or closing the store, asks for it. */
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
                    "The building of index '" + index + "' was cancelled; there is no such index");
        }
    }
}
