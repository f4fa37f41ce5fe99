package org.storedb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.TreeView;
import org.storedb.query.SlowQuery;

/** A store open in this process, for writing or for reading only: what is the same for both. */
abstract class OpenStore extends Session implements Store {

    private final Lock closing = new ReentrantLock();

    OpenStore(Engine engine) {
        super(engine);
    }

    @Override
    public final Snapshot snapshot() {
        return new LocalSnapshot(engine(), engine().state());
    }

    @Override
    public final boolean awaitSequence(long sequence, Duration timeout) {
        return SequenceWait.await(this::refresh, engine().environment(), sequence, timeout);
    }

    @Override
    public final ChangeFeed changes() {
        return new LocalChangeFeed(engine());
    }

    @Override
    public final StoreStats stats() {
        return engine().stats();
    }

    @Override
    public final List<SlowQuery> slowQueries() {
        engine().requireOpen();
        return engine().queryServices().latestSlowQueries();
    }

    @Override
    public final boolean isOpen() {
        return engine().isOpen();
    }

    @Override
    public final void close() {
        closing.lock(); // Until the end, so that a second call waits for the first.
        try {
            engine().close();
        } finally {
            closing.unlock();
        }
    }

    @Override
    final void requireUsable() {
        engine().requireOpen();
    }

    @Override
    final TreeView view() {
        return new StateView(engine().state());
    }
}
