package org.storedb;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.ReadOnlyException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeView;

/** One state of a store, to read from. */
final class LocalSnapshot extends Session implements Snapshot {

    private final StateView view;

    LocalSnapshot(Engine engine, StoreState state) {
        super(engine);
        this.view = new StateView(state);
    }

    @Override
    public long sequence() {
        return view.state().sequence();
    }

    @Override
    void requireUsable() {
        engine().requireOpen();
    }

    @Override
    TreeView view() {
        engine().requireOpen();
        return view;
    }

    @Override
    @Nullable
    CatalogEntry findEntry(TreeView reader, Kind kind, String name) {
        return engine().catalog().catalogOf(view.state()).find(kind, name);
    }

    @Override
    void requireWritable() {
        throw refusal();
    }

    @Override
    <R extends @Nullable Object> R write(Function<ActiveTransaction, R> work) {
        throw refusal();
    }

    private static ReadOnlyException refusal() {
        return new ReadOnlyException("A snapshot cannot be written to; write through the store or a transaction");
    }
}
