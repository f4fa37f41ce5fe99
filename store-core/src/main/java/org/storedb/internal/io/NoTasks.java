package org.storedb.internal.io;

import java.time.Duration;

/** For an engine that does all its work in the calling thread. */
final class NoTasks implements BackgroundTasks {

    @Override
    public void execute(Runnable task) {
        throw refusal();
    }

    @Override
    public void deliver(Runnable task) {
        throw refusal();
    }

    @Override
    public void repeat(Duration pause, Runnable task) {
        throw refusal();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("Tasks cannot be run in the background");
    }
}
