package org.storedb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.error.LimitExceededException;
import org.storedb.error.SnapshotFileException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.StoredSequences;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.snapshot.SnapshotPart;
import org.storedb.internal.snapshot.SnapshotTarget;
import org.storedb.internal.transaction.ActiveTransaction;

/** Turns the contents of a snapshot file into writes. Not thread-safe. */
final class SnapshotLoader implements SnapshotTarget {

    private final Engine engine;
    private final Writes writes;
    private final ProgressMeter meter;
    private @Nullable CollectionEngine collection;
    private @Nullable DocumentEncoder encoder;
    private int keyspaceTreeId;
    private String partName = "";

    /** Accepts writes, and runs each in a transaction. */
    interface Writes {
        void add(Consumer<ActiveTransaction> write, int bytes);
    }

    SnapshotLoader(Engine engine, Writes writes, ProgressMeter meter) {
        this.engine = engine;
        this.writes = writes;
        this.meter = meter;
    }

    @Override
    public void begin(long sequence, long takenAtMillis) {}

    /** Advances the sequence, unless the store is already past {@code last}. */
    @Override
    public void sequence(String name, long last) {
        byte[] key = StoredSequences.key(Names.require("sequence", name));
        int treeId = engine.catalog()
                .findOrCreate(engine.state(), Kind.KEYSPACE, StoredSequences.KEYSPACE)
                .treeId();
        Consumer<ActiveTransaction> write = transaction -> {
            byte[] standing = transaction.readValue(treeId, key);
            if (standing == null || StoredSequences.last(standing) < last) {
                transaction.put(treeId, key, StoredSequences.value(last), 0, false);
            }
        };
        writes.add(write, key.length + Long.BYTES);
    }

    @Override
    public void part(SnapshotPart part) {
        CatalogService catalog = engine.catalog();
        CatalogEntry entry = catalog.findOrCreate(engine.state(), part.kind(), Names.require(what(part), part.name()));
        partName = part.name();
        if (part.kind() == Kind.KEYSPACE) {
            keyspaceTreeId = entry.treeId();
            return;
        }
        CollectionEngine opened = engine.collections().of(entry);
        collection = opened;
        encoder = new DocumentEncoder(opened.dictionary(), engine.options().documentBounds());
    }

    static String what(SnapshotPart part) {
        return part.kind() == Kind.KEYSPACE ? "keyspace" : "collection";
    }

    @Override
    public void document(Object id, long revision, RecordExpiry expiry, Object content) {
        CollectionEngine target = collection;
        DocumentEncoder document = encoder;
        if (target == null || document == null) {
            throw new IllegalStateException("A document comes before its collection");
        }
        document.reset();
        document.writeValue(content);
        byte[] bytes = document.toBytes();
        writes.add(transaction -> target.restore(transaction, id, bytes, revision, expiry), bytes.length);
        meter.advance(1);
    }

    @Override
    public void entry(byte[] key, RecordExpiry expiry, byte[] value) {
        StoreOptions options = engine.options();
        if (key.length == 0) {
            throw new SnapshotFileException(
                    "The snapshot file has an entry without a key in keyspace '" + partName + "'");
        }
        if (key.length > options.keyBytesMax() || value.length > options.valueBytesMax()) {
            throw new LimitExceededException("An entry of keyspace '" + partName + "' has a key of " + key.length
                    + " bytes and a value of " + value.length + ", more than keyBytesMax or valueBytesMax allow");
        }
        int treeId = keyspaceTreeId;
        writes.add(transaction -> transaction.put(treeId, key, value, 0, true, expiry), key.length + value.length);
        meter.advance(1);
    }

    @Override
    public void end() {}
}
