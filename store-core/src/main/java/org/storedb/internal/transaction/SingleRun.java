package org.storedb.internal.transaction;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Background work that runs once at a time. Safe for use by many threads. */
public final class SingleRun {

    private final Runnable work;
    private final AtomicBoolean running = new AtomicBoolean();

    public SingleRun(Runnable work) {
        this.work = work;
    }

    /** Returns whether a run has been started and has not ended; what ended runs did is visible. */
    public boolean isRunning() {
        return running.get();
    }

    /** Starts a run, unless there is one already. If the executor cannot start it, there is none. */
    public void startIn(Executor executor) {
        if (running.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RuntimeException | Error e) { // Perhaps for lack of a thread.
                running.set(false);
                throw e;
            }
        }
    }

    private void run() {
        try {
            work.run();
        } finally {
            running.set(false);
        }
    }
}
