package org.storedb.internal.io;

import java.time.Duration;

/** Runs work concurrently with the calling threads. */
public interface BackgroundTasks extends AutoCloseable {

    /**
     * Runs {@code task} once, as soon as the thread for long work is free; such tasks run one at a time. Ignored after
     * {@link #close()}.
     */
    void execute(Runnable task);

    /**
     * Runs a task concurrently with all others: one that may take any time, because it calls user code, or that must
     * not wait for long work. Ignored after {@link #close()}, which does not wait for it; but tasks that running tasks
     * of the store deliver while it is being closed do run.
     */
    void deliver(Runnable task);

    /** Runs a short task repeatedly, with {@code pause} between two runs, until {@link #close()}. */
    void repeat(Duration pause, Runnable task);

    /** Like {@link #repeat}, for a task that must not be late because another one takes long. */
    default void repeatPunctually(Duration pause, Runnable task) {
        repeat(pause, task);
    }

    /** Starts no more tasks, and waits until the running ones of the store itself have ended. */
    @Override
    void close();
}
