package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreIoException;
import org.storedb.error.TransactionConflictException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.io.Closing;
import org.storedb.internal.io.DirectoryTakeover;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.LatestView;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeView;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.VerificationReport;
import org.storedb.storage.StorageDirectory;

/** A store that is open for writing. Each call through it is its own transaction. */
final class LocalStore extends OpenStore {

    private static final String THREAD_NAME = "storedb";

    /** After this many conflicts, a call that reads much runs while no other commit can come between. */
    private static final int ATTEMPTS_BESIDE_OTHERS = 8;

    /** Single calls are short, so a conflict is soon over; only a livelock could reach this bound. */
    private static final int SINGLE_CALL_ATTEMPTS_MAX = 10_000;

    private final StoreEngine engine;
    private final Backoff backoff;
    private final Map<String, LocalSequence> sequences = new ConcurrentHashMap<>();

    LocalStore(StoreEngine engine) {
        super(engine);
        this.engine = engine;
        this.backoff = new Backoff(engine.environment());
    }

    static Store open(Path directory, StoreOptions options) {
        Objects.requireNonNull(directory, "directory");
        if (options.access() != Access.READ_WRITE) {
            return FollowerStore.open(directory, options);
        }
        FileSystemDirectory opened;
        try {
            opened = DirectoryTakeover.open(directory, options.openTimeout(), Environment.withoutTasks());
        } catch (IOException e) {
            throw new StoreIoException(
                    "Cannot use the directory " + directory.toAbsolutePath() + " for a store: "
                            + StorageErrors.reason(e)
                            + "; check that it is a directory and that this user may write to it",
                    e);
        }
        return open(opened, opened.description(), options);
    }

    static Store open(StorageDirectory directory, StoreOptions options) {
        Objects.requireNonNull(directory, "directory");
        return options.access() != Access.READ_WRITE
                ? FollowerStore.open(directory, options)
                : open(directory, directory.description(), options);
    }

    static Store openInMemory(StoreOptions options) {
        if (options.access() != Access.READ_WRITE) {
            throw new IllegalArgumentException(
                    "A store in memory is empty at first; it cannot be opened with Access." + options.access());
        }
        return open(new MemoryDirectory(), null, options);
    }

    private static Store open(StorageDirectory directory, @Nullable String path, StoreOptions options) {
        return open(StoreEngine.open(directory, path, options, Environment.system(THREAD_NAME)));
    }

    /** Returns the store of an engine that was just opened, after running its initializer. */
    static LocalStore open(StoreEngine engine) {
        LocalStore store = new LocalStore(engine);
        try {
            long openedSequence = engine.state().sequence();
            StoreInitializer initializer = engine.options().initializer();
            if (initializer != null) {
                initializer.initialize(store);
            }
            SnapshotFilePolicy snapshotFiles = engine.options().snapshotFiles();
            if (snapshotFiles != null) {
                new ScheduledSnapshots(engine, snapshotFiles, openedSequence).start();
            }
        } catch (Throwable e) { // An initializer in Kotlin can throw checked exceptions.
            Closing.after(e, store::close);
            throw e;
        }
        return store;
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return new LocalTransaction(engine, options);
    }

    @Override
    public <R extends @Nullable Object> R inTransaction(
            TransactionOptions options, Function<? super Transaction, ? extends R> work) {
        for (int attempt = 1; ; attempt++) {
            try (LocalTransaction transaction = new LocalTransaction(engine, options)) {
                R result = transaction.run(work);
                transaction.commit();
                return result;
            } catch (TransactionConflictException e) {
                if (attempt >= options.maxAttempts()) {
                    throw attempt == 1 ? e : conflictInEach(attempt, e);
                }
                backoff.pause(attempt);
            }
        }
    }

    private static TransactionConflictException conflictInEach(int attempts, TransactionConflictException last) {
        return new TransactionConflictException(
                "The transaction conflicted with others in each of " + attempts
                        + " attempts, and nothing was written. Work that also writes through the store conflicts with"
                        + " itself: use the collections of its transaction. Otherwise shorten it, or raise maxAttempts",
                last);
    }

    @Override
    public Sequence sequence(String name) {
        requireUsable();
        return sequences.computeIfAbsent(Names.require("sequence", name), known -> new LocalSequence(this, known));
    }

    /** Makes all sequences read their numbers from the store again. */
    void dropSequenceBlocks() {
        sequences.values().forEach(LocalSequence::dropBlock);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long refresh() {
        return engine.state().sequence();
    }

    @Override
    public void sync() {
        engine.sync();
    }

    @Override
    public CompletableFuture<CompactionResult> compact() {
        engine.requireOpen();
        return engine.compaction().start().copy();
    }

    @Override
    public boolean cancelCompaction() {
        engine.requireOpen();
        return engine.compaction().cancel();
    }

    @Override
    public CompactionStatus compactionStatus() {
        return engine.compaction().status();
    }

    @Override
    public long purgeExpired() {
        return engine.purgeExpired();
    }

    @Override
    public VerificationReport verify(OperationMonitor monitor) {
        return engine.maintenance().verify(monitor);
    }

    @Override
    public BackupReport backup(Path directory, BackupMode mode, OperationMonitor monitor) {
        return engine.maintenance().backup(directory, mode, monitor);
    }

    @Override
    public BackupReport backup(StorageDirectory directory, BackupMode mode, OperationMonitor monitor) {
        return engine.maintenance().backup(directory, mode, monitor);
    }

    @Override
    TreeView keyView() {
        return engine.keyView();
    }

    @Override
    @Nullable
    CatalogEntry findEntry(TreeView view, Kind kind, String name) {
        StoreState state = view instanceof LatestView latest ? latest.indexedState() : ((StateView) view).state();
        return engine.catalog().find(state, kind, name);
    }

    @Override
    <R extends @Nullable Object> R write(Function<ActiveTransaction, R> work) {
        return write(engine::state, false, work);
    }

    @Override
    <R extends @Nullable Object> R writeUnseen(Function<ActiveTransaction, R> work) {
        return write(engine::indexedState, false, work);
    }

    /** Validates reads, too: which changes are made depends on more than the records that are changed. */
    @Override
    <R extends @Nullable Object> R writeAll(Function<ActiveTransaction, R> work) {
        return write(engine::state, true, work);
    }

    private <R extends @Nullable Object> R write(
            Supplier<StoreState> base, boolean serializable, Function<ActiveTransaction, R> work) {
        for (int attempt = 1; ; attempt++) {
            Attempt<R> made = serializable && attempt > ATTEMPTS_BESIDE_OTHERS
                    ? attemptExclusively(work)
                    : attempt(new ActiveTransaction(base.get(), serializable, bytesMax()), work);
            if (!(made.outcome() instanceof CommitOutcome.Conflict conflict)) {
                return made.result();
            }
            if (attempt >= SINGLE_CALL_ATTEMPTS_MAX) {
                throw engine.conflict(conflict);
            }
            backoff.pause(attempt);
        }
    }

    private <R extends @Nullable Object> Attempt<R> attempt(
            ActiveTransaction transaction, Function<ActiveTransaction, R> work) {
        engine.counters().begun.increment();
        R result;
        try {
            result = work.apply(transaction);
        } catch (RuntimeException | Error e) {
            engine.counters().rolledBack.increment();
            throw e;
        }
        if (!transaction.hasWrites()) {
            engine.counters().committed.increment();
            return new Attempt<>(
                    result, new CommitOutcome.Committed(transaction.base().sequence()));
        }
        return new Attempt<>(result, engine.commit(transaction.toRequest(engine.isDurable(null))));
    }

    /** Reads and commits without other commits in between: else a stream of them could keep a long call from its end. */
    private <R extends @Nullable Object> Attempt<R> attemptExclusively(Function<ActiveTransaction, R> work) {
        engine.counters().begun.increment();
        List<R> result = new ArrayList<>(1);
        CommitOutcome outcome = engine.commitExclusively(state -> {
            ActiveTransaction transaction = new ActiveTransaction(state, true, bytesMax());
            result.add(work.apply(transaction));
            return transaction.toRequest(engine.isDurable(null));
        });
        return new Attempt<>(result.get(0), outcome);
    }

    private int bytesMax() {
        return engine.options().transactionBytesMax();
    }

    /** The result of a call, and whether it was committed. */
    private record Attempt<R extends @Nullable Object>(R result, CommitOutcome outcome) {}
}
