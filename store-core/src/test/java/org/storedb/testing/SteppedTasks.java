package org.storedb.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.storedb.internal.io.BackgroundTasks;

/** Background work that runs in the test's own thread, when the test says so. */
public final class SteppedTasks implements BackgroundTasks {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> repeated = new ArrayList<>();
    private boolean closing;
    private boolean closed;

    @Override
    public void execute(Runnable task) {
        if (!closing) {
            waiting.add(task);
        }
    }

    @Override
    public void deliver(Runnable task) {
        if (!closed) {
            waiting.add(task);
        }
    }

    @Override
    public void repeat(Duration pause, Runnable task) {
        if (!closing) {
            repeated.add(task);
        }
    }

    /** Runs what is waiting, and what that adds. */
    public void runWaiting() {
        Runnable task = waiting.poll();
        while (task != null) {
            task.run();
            task = waiting.poll();
        }
    }

    /** Runs each repeated task once. */
    public void runRepeated() {
        List.copyOf(repeated).forEach(Runnable::run);
    }

    @Override
    public void close() {
        closing = true;
        runWaiting();
        closed = true;
        repeated.clear();
    }
}
