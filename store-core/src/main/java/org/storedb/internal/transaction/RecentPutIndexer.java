package org.storedb.internal.transaction;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Has recent puts put into the trees before they are too many: by a thread of its own, or by the one that commits where
 * there is none or it cannot keep up. Safe for use by many threads.
 */
final class RecentPutIndexer {

    private final LatestState latest;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Consumer<Runnable> executor = task -> {};

    RecentPutIndexer(LatestState latest) {
        this.latest = latest;
    }

    /** Who runs what is done in the background; nobody does at first. */
    void runWith(Consumer<Runnable> newExecutor) {
        executor = newExecutor;
    }

    /** To be called after each commit. That nobody can be found to run it is no failure of the commit. */
    void indexIfMany() {
        long puts = latest.recentPuts();
        if (puts >= LatestState.PUTS_MAX) {
            latest.limitRecentPuts();
        } else if (puts >= LatestState.WORTHWHILE && running.compareAndSet(false, true)) {
            startIndexing();
        }
    }

    private void startIndexing() {
        try {
            executor.accept(this::indexInBackground);
        } catch (RuntimeException | Error e) {
            running.set(false); // For want of a thread, perhaps; the next commit tries again.
        }
    }

    private void indexInBackground() {
        try {
            while (latest.recentPuts() >= LatestState.WORTHWHILE) {
                latest.indexSome();
            }
        } catch (RuntimeException | Error e) {
            // The log has been told, and says so to whoever commits.
        } finally {
            running.set(false);
        }
    }
}
