package org.storedb;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.JacksonDocumentCodec;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.TreeView;

/** What a keyspace or a collection is bound to: the store, a transaction or a snapshot. */
abstract class Session implements StoreContext {

    private final Engine engine;

    Session(Engine engine) {
        this.engine = engine;
    }

    final Engine engine() {
        return engine;
    }

    /** Throws if nothing can be read or written any more. */
    abstract void requireUsable();

    /** Throws if nothing can be written. */
    void requireWritable() {
        requireUsable();
        engine.requireWritable();
    }

    /** Returns the tree view that a read uses. */
    abstract TreeView view();

    /** Returns the tree view that a read of a single key uses. */
    TreeView keyView() {
        return view();
    }

    /** Returns the keyspace or collection that a read is to use, or {@code null} if it was never written. */
    abstract @Nullable CatalogEntry findEntry(TreeView view, Kind kind, String name);

    /** Returns the keyspace or collection, or {@code null} if there is none: it is not created to be read. */
    @Nullable
    CatalogEntry findExisting(Kind kind, String name) {
        return findEntry(view(), kind, name);
    }

    /** Notes that a record was read; it expires later if its expiry counts from the last use. */
    void used(int treeId, byte[] key, RecordExpiry expiry) {
        engine.used(treeId, key, expiry);
    }

    /**
     * Runs a write that changes nothing if it fails, in this transaction or in one of its own; in its own, it may run
     * more than once.
     */
    abstract <R extends @Nullable Object> R write(Function<ActiveTransaction, R> work);

    /** Like {@link #write}, for a write that reads nothing that it replaces. */
    <R extends @Nullable Object> R writeUnseen(Function<ActiveTransaction, R> work) {
        return write(work);
    }

    /** Like {@link #write}, for several changes, of which a later one may well fail: undoing the others is cheap. */
    <R extends @Nullable Object> R writeAll(Function<ActiveTransaction, R> work) {
        return write(work);
    }

    @Override
    public final Keyspace keyspace(String name) {
        requireUsable();
        return new LocalKeyspace(this, Names.require("keyspace", name));
    }

    @Override
    public final DocumentCollection<Map<String, @Nullable Object>> collection(String name) {
        return collection(name, new MapDocumentCodec());
    }

    @Override
    public final <T> DocumentCollection<T> collection(String name, Class<T> type) {
        return collection(name, JacksonDocumentCodec.of(type));
    }

    @Override
    public final <T> DocumentCollection<T> collection(String name, DocumentCodec<T> codec) {
        requireUsable();
        return new LocalCollection<>(this, Names.require("collection", name), codec);
    }

    @Override
    public final boolean collectionExists(String name) {
        requireUsable();
        return findExisting(Kind.COLLECTION, Names.require("collection", name)) != null;
    }
}
