package org.storedb.internal.io;

import java.time.Duration;

/** Runs work beside the calling threads. */
public interface BackgroundTasks extends AutoCloseable {

    /** Runs {@code task} once, one at a time, as soon as the thread for such work is free. Ignored after {@link #close()}. */
    void execute(Runnable task);

    /**
     * Runs a task beside everything else: one that may take any time, because it calls code of the user, or that must not
     * wait for long work. Ignored after {@link #close()}, which does not wait for it; what the running tasks of the store
     * deliver while it is being closed is run.
     */
    void deliver(Runnable task);

    /** Runs a short task again and again, with {@code pause} between two runs, until {@link #close()}. */
    void repeat(Duration pause, Runnable task);

    /** Starts no more tasks, and waits until the running ones of the store itself have ended. */
    @Override
    void close();
}
