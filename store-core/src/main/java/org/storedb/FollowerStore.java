package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.WatchedDirectory;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.TreeView;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.VerificationReport;
import org.storedb.storage.StorageDirectory;

/** A store that is open for reading only. */
final class FollowerStore extends OpenStore {

    private static final String THREAD_NAME = "storedb-follower";

    private final FollowerEngine engine;

    FollowerStore(FollowerEngine engine) {
        super(engine);
        this.engine = engine;
    }

    static Store open(Path path, StoreOptions options) {
        try {
            return open(WatchedDirectory.open(path), options);
        } catch (IOException e) {
            throw new StoreIoException(
                    "There is no store in " + path.toAbsolutePath()
                            + ", or this user may not access it; a store is not created when it is opened for reading only",
                    e);
        }
    }

    static Store open(StorageDirectory directory, StoreOptions options) {
        return new FollowerStore(FollowerEngine.open(directory, options, Environment.system(THREAD_NAME)));
    }

    /** Whatever its options, a transaction cannot write here; one that only reads need not be marked read-only. */
    @Override
    public Transaction begin(TransactionOptions options) {
        return new LocalTransaction(engine, options.withReadOnly(true));
    }

    @Override
    public <R extends @Nullable Object> R inTransaction(
            TransactionOptions options, Function<? super Transaction, ? extends R> work) {
        try (Transaction transaction = begin(options)) {
            R result = work.apply(transaction);
            transaction.commit();
            return result;
        }
    }

    @Override
    public Sequence sequence(String name) {
        requireUsable();
        throw engine.refusal();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public long refresh() {
        return engine.refresh();
    }

    @Override
    public void sync() {
        requireWritable();
    }

    @Override
    public CompletableFuture<CompactionResult> compact() {
        requireUsable();
        throw engine.refusal();
    }

    @Override
    public boolean cancelCompaction() {
        requireUsable();
        return false;
    }

    @Override
    public long purgeExpired() {
        throw leftToTheWriter("purged");
    }

    @Override
    public VerificationReport verify(OperationMonitor monitor) {
        throw leftToTheWriter("verified");
    }

    @Override
    public BackupReport backup(Path directory, BackupMode mode, OperationMonitor monitor) {
        throw leftToTheWriter("backed up");
    }

    @Override
    public BackupReport backup(StorageDirectory directory, BackupMode mode, OperationMonitor monitor) {
        throw leftToTheWriter("backed up");
    }

    private ReadOnlyException leftToTheWriter(String what) {
        requireUsable();
        return new ReadOnlyException("A store that is open for reading only cannot be " + what
                + "; do that in the process that has it open for writing, or open it with Access.READ_WRITE");
    }

    @Override
    public CompactionStatus compactionStatus() {
        engine.requireOpen();
        return CompactionStatus.idle(0, List.of());
    }

    @Override
    @Nullable
    CatalogEntry findEntry(TreeView view, Kind kind, String name) {
        return engine.catalog().find(((StateView) view).state(), kind, name);
    }

    @Override
    <R extends @Nullable Object> R write(Function<ActiveTransaction, R> work) {
        requireUsable();
        throw engine.refusal();
    }
}
