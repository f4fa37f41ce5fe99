package org.storedb.internal.io;

import java.time.Duration;

/** Runs work beside the calling threads, one task at a time for each purpose. */
public interface BackgroundTasks extends AutoCloseable {

    /** Runs {@code task} once, as soon as the thread for such work is free. Ignored after {@link #close()}. */
    void execute(Runnable task);

    /** Runs a short task again and again, with {@code pause} between two runs, until {@link #close()}. */
    void repeat(Duration pause, Runnable task);

    /** Starts no more tasks, and waits until the running ones have ended. */
    @Override
    void close();
}
