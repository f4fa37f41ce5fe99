package org.storedb.internal.transaction;

import java.util.concurrent.Executor;

/**
 * Ensures that recent puts enter the trees before there are too many: in a background thread, or in the committing one
 * if there is none or it cannot keep up. Safe for use by many threads.
 */
final class RecentPutIndexer {

    private final LatestState latest;
    private final SingleRun indexing = new SingleRun(this::indexInBackground);
    private volatile Executor executor = task -> {};

    RecentPutIndexer(LatestState latest) {
        this.latest = latest;
    }

    /** Sets the executor for background work; there is none at first. */
    void runWith(Executor newExecutor) {
        executor = newExecutor;
    }

    /**
     * Indexes in the background if there are many; to be called after each commit. A failure to start is no failure of
     * the commit.
     */
    void indexIfMany() {
        long puts = latest.recentPuts();
        if (puts >= LatestState.PUTS_MAX) {
            latest.limitRecentPuts();
        } else if (puts >= LatestState.WORTHWHILE) {
            startIndexing();
        }
    }

    private void startIndexing() {
        try {
            indexing.startIn(executor);
        } catch (RuntimeException | Error e) {
            // Perhaps for lack of a thread; the next commit tries again.
        }
    }

    private void indexInBackground() {
        try {
            while (latest.recentPuts() >= LatestState.WORTHWHILE) {
                latest.indexSome();
            }
        } catch (RuntimeException | Error e) {
            // The log has been told, and reports it to committing threads.
        }
    }
}
