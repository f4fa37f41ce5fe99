package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.StoreIoException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.StoredSequences;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.snapshot.SnapshotPart;
import org.storedb.internal.snapshot.SnapshotTarget;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.StateView;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SnapshotFileReport;
import org.storedb.storage.StorageDirectory;

/** Reads one snapshot file: to verify it, into an empty store, or into a new one. Not thread-safe. */
final class SnapshotRestore {

    private static final int BATCH_RECORDS = 5_000;
    private static final int BATCH_BYTES = 8 << 20;

    private final SnapshotFile file;
    private final Environment environment = Environment.withoutTasks();
    private final long startNanos = environment.nanoTicker().getAsLong();

    SnapshotRestore(SnapshotFile file) {
        this.file = file;
    }

    SnapshotFileReport verify() {
        return report(verified());
    }

    private SnapshotSummary verified() {
        ProgressMeter meter = file.meter("The verification of the snapshot file");
        meter.begin("verifying " + file.name(), 0);
        SnapshotSummary summary = new SnapshotSummary(new Progress(meter));
        file.read(summary);
        return summary;
    }

    private SnapshotFileReport report(SnapshotSummary summary) {
        return summary.report(0, Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos));
    }

    SnapshotFileReport intoEmpty(Session session) {
        SnapshotSummary summary = verified();
        Engine engine = session.engine();
        requireEmpty(engine);
        createParts(engine, summary.parts());
        if (summary.hasSequences()) {
            engine.catalog().findOrCreate(engine.state(), Kind.KEYSPACE, StoredSequences.KEYSPACE);
        }
        ProgressMeter meter = loading(summary);
        session.<Boolean>writeAll(transaction -> {
            file.read(new SnapshotLoader(engine, (write, bytes) -> write.accept(transaction), meter));
            return true;
        });
        if (session instanceof LocalStore store) {
            store.dropSequenceBlocks();
        }
        return report(summary);
    }

    private ProgressMeter loading(SnapshotSummary summary) {
        ProgressMeter meter = file.meter("Loading the snapshot file");
        meter.begin("loading " + file.name(), summary.count());
        return meter;
    }

    private static void requireEmpty(Engine engine) {
        StateView view = new StateView(engine.state());
        Catalog catalog = engine.catalog().catalogOf(view.state());
        requireEmpty(view, "collection", catalog.all(Kind.COLLECTION));
        requireEmpty(view, "keyspace", catalog.all(Kind.KEYSPACE));
    }

    private static void requireEmpty(StateView view, String what, Collection<CatalogEntry> entries) {
        for (CatalogEntry entry : entries) {
            long count = view.records(entry.treeId()).count(TreeRange.all());
            if (count > 0 && entry.isContent()) {
                throw new SnapshotFileException("A snapshot file can only be loaded into an empty store, but the "
                        + what + " '" + entry.name() + "' is not empty (" + count
                        + "); load the file into another store");
            }
        }
    }

    private static void createParts(Engine engine, List<SnapshotPart> parts) {
        for (SnapshotPart part : parts) {
            String name = Names.require(SnapshotLoader.what(part), part.name());
            engine.catalog().findOrCreate(engine.state(), part.kind(), name);
            define(engine, part);
        }
    }

    /** Restores the definition of an existing collection; a policy that only the target has is kept. */
    private static void define(Engine engine, SnapshotPart part) {
        if (part.isExpiring()) {
            engine.catalog().setExpiryRule(part.name(), part.expiryRule(), engine.isDurable(null));
        }
        createIndexes(engine, part);
    }

    private static void createIndexes(Engine engine, SnapshotPart part) {
        for (IndexDefinition index : part.indexes()) {
            Names.require("index", index.name());
            engine.catalog()
                    .createIndex(
                            engine::state,
                            part.name(),
                            index,
                            engine.options().keyBytesMax(),
                            engine.isDurable(null),
                            new IndexBuildProgress(index.name(), OperationMonitor.none(), engine));
        }
    }

    SnapshotFileReport intoNew(Path target, StoreOptions options) {
        SnapshotSummary summary = verified();
        try {
            TargetDirectory.fill(target, "loading", environment, beside -> fill(beside, summary, options));
        } catch (IOException e) {
            throw new StoreIoException("Cannot create a store in " + target + ": " + StorageErrors.reason(e), e);
        }
        return report(summary);
    }

    /** Fills the directory. Indexes come last: building them at once is faster than keeping them up to date. */
    private boolean fill(StorageDirectory directory, SnapshotSummary summary, StoreOptions options) {
        StoreOptions making = options.withAccess(Access.READ_WRITE).withDurability(Durability.OS);
        try (LocalStore store = new LocalStore(
                StoreEngine.open(directory, directory.description(), making, Environment.system("storedb-restore")))) {
            Engine engine = store.engine();
            Batches batches = new Batches(store);
            file.read(new SnapshotLoader(engine, batches, loading(summary)));
            batches.write();
            summary.parts().forEach(part -> define(engine, part));
            store.sync();
        }
        return true;
    }

    /** Groups several writes into each transaction. */
    private static final class Batches implements SnapshotLoader.Writes {

        private final LocalStore store;
        private final int bytesMax;
        private final List<Consumer<ActiveTransaction>> pending = new ArrayList<>();
        private long pendingBytes;

        Batches(LocalStore store) {
            this.store = store;
            this.bytesMax = Math.min(BATCH_BYTES, store.engine().options().transactionBytesMax() / 4);
        }

        @Override
        public void add(Consumer<ActiveTransaction> write, int bytes) {
            if (pending.size() >= BATCH_RECORDS || pendingBytes + bytes > bytesMax) {
                write();
            }
            pending.add(write);
            pendingBytes += bytes;
        }

        void write() {
            store.<Boolean>writeAll(transaction -> {
                pending.forEach(each -> each.accept(transaction));
                return true;
            });
            pending.clear();
            pendingBytes = 0;
        }
    }

    /** Only reports progress. */
    private record Progress(ProgressMeter meter) implements SnapshotTarget {

        @Override
        public void begin(long sequence, long takenAtMillis) {}

        @Override
        public void sequence(String name, long last) {}

        @Override
        public void part(SnapshotPart part) {}

        @Override
        public void document(Object id, long revision, RecordExpiry expiry, Object content) {
            meter.advance(1);
        }

        @Override
        public void entry(byte[] key, RecordExpiry expiry, byte[] value) {
            meter.advance(1);
        }

        @Override
        public void end() {}
    }
}
