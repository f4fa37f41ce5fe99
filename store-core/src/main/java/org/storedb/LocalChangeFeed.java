package org.storedb;

import java.util.Map;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeSubscription;
import org.storedb.internal.transaction.StoreState;

/** The change feed of a store open in this process, for writing or for reading only. */
final class LocalChangeFeed implements ChangeFeed {

    private final Engine engine;

    LocalChangeFeed(Engine engine) {
        engine.requireOpen();
        this.engine = engine;
    }

    @Override
    public ChangeReader read(ChangeRequest request) {
        return engine.feed().read(request);
    }

    @Override
    public ChangeSubscription subscribe(ChangeRequest request, ChangeListener listener) {
        return engine.feed().subscribe(request, listener);
    }

    @Override
    public long oldestPosition() {
        return engine.feed().oldestPosition();
    }

    @Override
    public Snapshot snapshot() {
        StoreState state = engine.state();
        engine.feed().makeDurable();
        return new LocalSnapshot(engine, state);
    }

    @Override
    public Map<String, Long> positions() {
        return engine.feed().positions();
    }

    @Override
    public boolean forget(String name) {
        return engine.feed().forget(name);
    }
}
