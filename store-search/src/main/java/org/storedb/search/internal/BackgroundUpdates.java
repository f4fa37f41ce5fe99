package org.storedb.search.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.storedb.Store;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreClosedException;

/** Brings an index up to date periodically, on its own thread. */
public final class BackgroundUpdates implements AutoCloseable {

    private final Store store;
    private final TextIndexer indexer;
    private final long delayNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    /**
     * Starts the thread.
     *
     * @param delay between two updates
     */
    @SuppressWarnings("this-escape")
    public BackgroundUpdates(Store store, TextIndexer indexer, String name, Duration delay) {
        this.store = store;
        this.indexer = indexer;
        this.delayNanos = delay.toNanos();
        this.thread = new Thread(this::run, "storedb-search-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(delayNanos, TimeUnit.NANOSECONDS)) {
                if (!store.isOpen()) {
                    indexer.close(); // It was not closed; its files must be free for the next open.
                    return;
                }
                update();
            }
        } catch (InterruptedException e) {
            System.getLogger(BackgroundUpdates.class.getName())
                    .log(System.Logger.Level.WARNING, "A text index is no longer updated", e);
        }
    }

    private void update() {
        try {
            indexer.atLeast(store.snapshot().sequence()).close();
            indexer.commitIfDue();
            indexer.renewSnapshot();
            failing = false;
        } catch (StoreClosedException | OperationCancelledException e) {
            failing = false; // The store or the index is being closed, which is noticed on the next iteration.
        } catch (IOException | RuntimeException | Error e) {
            if (!failing) {
                System.getLogger(BackgroundUpdates.class.getName())
                        .log(System.Logger.Level.WARNING, "A text index cannot be updated", e);
            }
            failing = true;
        }
    }

    /** Stops, and waits for an update in progress. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
