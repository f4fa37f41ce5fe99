package org.storedb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.VerificationReport;
import org.storedb.query.SlowQuery;
import org.storedb.storage.StorageDirectory;

/**
 * An open store: one directory, written by one process at a time. Any number of other processes can read it meanwhile,
 * see {@link Access}.
 *
 * <pre>{@code
 * try (Store store = Store.open(Path.of("data"))) {
 *     DocumentCollection<Person> people = store.collection("people", Person.class);
 *     people.createIndex(IndexDefinition.on("city"));
 *     Person ada = people.insert(new Person(null, "Ada", "London"));
 *     List<Person> londoners = people.find(Query.where(Filter.eq("city", "London"))).toList();
 * }
 * }</pre>
 *
 * <p>Each call through the store itself is its own transaction. Every method may be called from any thread.
 */
public interface Store extends StoreContext, AutoCloseable {

    /**
     * Opens the store in {@code directory} with {@linkplain StoreOptions#defaults() default options}, creating the
     * directory and an empty store if they do not exist.
     *
     * @throws org.storedb.error.StoreLockedException if another process, or this one, has the store open
     * @throws org.storedb.error.CorruptStoreException if durable data is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote the store; nothing is changed
     * @throws org.storedb.error.StoreIoException if the file system reports an error
     * @throws org.storedb.error.StoreFullException if there is not enough space for what opening writes; nothing is
     *     lost
     */
    static Store open(Path directory) {
        return open(directory, StoreOptions.defaults());
    }

    /**
     * Opens the store in {@code directory}, creating the directory and an empty store if they do not exist and the
     * {@linkplain StoreOptions#access() access mode} allows writing.
     *
     * @throws org.storedb.error.StoreLockedException if another process, or this one, has the store open
     * @throws org.storedb.error.CorruptStoreException if durable data is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote the store; nothing is changed
     * @throws org.storedb.error.StoreIoException if the file system reports an error
     * @throws org.storedb.error.StoreFullException if there is not enough space for what opening writes; nothing is
     *     lost
     */
    static Store open(Path directory, StoreOptions options) {
        return LocalStore.open(directory, options);
    }

    /**
     * Opens the store in a directory of any kind, creating an empty store if there is none.
     *
     * @param directory held by the caller; the store takes ownership, and closes it when the store is closed or cannot
     *     be opened
     * @throws org.storedb.error.CorruptStoreException if durable data is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote the store; nothing is changed
     * @throws org.storedb.error.StoreIoException if the directory fails
     * @throws org.storedb.error.StoreFullException if there is not enough space for what opening writes; nothing is
     *     lost
     */
    static Store open(StorageDirectory directory, StoreOptions options) {
        return LocalStore.open(directory, options);
    }

    /** Opens an empty store that lives in memory only, for tests: the same engine over files that are byte arrays. */
    static Store openInMemory() {
        return openInMemory(StoreOptions.defaults());
    }

    /** Opens an empty store that lives in memory only, for tests: the same engine over files that are byte arrays. */
    static Store openInMemory(StoreOptions options) {
        return LocalStore.openInMemory(options);
    }

    /** Begins a serializable read-write transaction, which must be closed. */
    default Transaction begin() {
        return begin(TransactionOptions.defaults());
    }

    /** Begins a transaction, which must be closed. */
    Transaction begin(TransactionOptions options);

    /**
     * Runs {@code work} in a serializable transaction, and commits it when it has returned. After a conflict with
     * another transaction the work is retried, with growing random pauses, up to
     * {@link TransactionOptions#maxAttempts()} times in all, so it must have no side effects outside the store. Any
     * exception from the work rolls the transaction back and is propagated.
     *
     * @throws org.storedb.error.TransactionConflictException if the last attempt conflicted as well
     */
    default <R extends @Nullable Object> R inTransaction(Function<? super Transaction, ? extends R> work) {
        return inTransaction(TransactionOptions.defaults(), work);
    }

    /**
     * Runs {@code work} in a transaction and commits it, retrying after a conflict, like
     * {@link #inTransaction(Function)}.
     *
     * @throws org.storedb.error.TransactionConflictException if the last attempt conflicted as well
     */
    <R extends @Nullable Object> R inTransaction(
            TransactionOptions options, Function<? super Transaction, ? extends R> work);

    /** Runs {@code work} like {@link #inTransaction(Function)}, without a result. */
    default void runInTransaction(Consumer<? super Transaction> work) {
        this.<@Nullable Object>inTransaction(transaction -> {
            work.accept(transaction);
            return null;
        });
    }

    /**
     * Returns a snapshot of the current state, which can be read for as long as it is held. Takes no lock and copies
     * nothing.
     */
    Snapshot snapshot();

    /**
     * Returns the sequence of this name, which exists from its first number.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed for a keyspace
     */
    Sequence sequence(String name);

    /**
     * Makes everything committed so far durable, whatever the {@link Durability}.
     *
     * @throws org.storedb.error.StoreFailedException if the file system reports an error; the store then accepts no
     *     more writes
     */
    void sync();

    /**
     * Starts a compaction in the background, or joins one that was started by a call and is running; a compaction that
     * the store has started by itself does less, so another one follows it. Live records are copied, in key order, out
     * of segments with dead data and those that commits were written to, which are then deleted; scans read the copies
     * faster. Reads and writes continue meanwhile. While it copies, records exist twice: those of as many segments at
     * once as fit in half of the free space, or of one at a time if less is free.
     *
     * @return completed with what it did, or exceptionally with the reason why it stopped, such as the store being
     *     closed; dependent actions may take any time, wait for another compaction, or close the store
     */
    CompletableFuture<CompactionResult> compact();

    /**
     * Cancels the running compaction, which stops soon, and one that is to follow it. What is finished is kept, the rest
     * is unchanged; their futures complete with a {@link org.storedb.error.CompactionCancelledException}.
     *
     * @return whether one was running
     */
    boolean cancelCompaction();

    /** Returns whether a compaction is running, and what the latest ones did. */
    CompactionStatus compactionStatus();

    /**
     * Removes expired documents and values from the log, without waiting for {@link StoreOptions#expiryGrace()};
     * compaction then reclaims their space. They were already invisible. An open store does this in the background;
     * this method is for processes that are too short-lived for that. What has not expired by the wall clock, because
     * the clock was set back, is kept.
     *
     * @return how many documents and values were removed
     * @throws org.storedb.error.StoreClosedException if the store is closed before the end
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     */
    long purgeExpired();

    /** Verifies the store like {@link #verify(OperationMonitor)}, without a monitor. */
    default VerificationReport verify() {
        return verify(OperationMonitor.none());
    }

    /**
     * Verifies that the store is sound as of now: reads the whole log and every current record, and checks indexes
     * against documents, on the calling thread. Reads, writes and compactions continue meanwhile. Problems are
     * reported, not thrown, and nothing is repaired. What the operating system has cached is not read from the medium
     * again.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     * @throws org.storedb.error.StoreClosedException if the store is closed before the end
     */
    VerificationReport verify(OperationMonitor monitor);

    /** Adds an incremental backup to those in {@code directory}, with what the latest of them does not have. */
    default BackupReport backup(Path directory) {
        return backup(directory, BackupMode.INCREMENTAL, OperationMonitor.none());
    }

    /**
     * Copies the store as of now into a directory of backups, on the calling thread. Reads, writes and compactions
     * continue meanwhile. An interrupted backup does not count, and does no harm to earlier ones. {@link StoreBackup}
     * restores a store from it.
     *
     * @param directory an empty directory, one that is created, or one that contains only backups of this store
     * @throws org.storedb.error.InvalidBackupException if the directory contains anything else
     * @throws org.storedb.error.StoreLockedException if a backup into it, or a restore from it, is in progress
     * @throws org.storedb.error.CorruptStoreException if the store is damaged; no backup is made
     * @throws org.storedb.error.StoreFailedException if the store accepts no more writes
     * @throws org.storedb.error.StoreIoException if a file system reports an error
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    BackupReport backup(Path directory, BackupMode mode, OperationMonitor monitor);

    /**
     * Copies the store as of now into a directory of backups of any kind, like
     * {@link #backup(Path, BackupMode, OperationMonitor)}.
     *
     * @param directory held by the caller, who also closes it
     */
    BackupReport backup(StorageDirectory directory, BackupMode mode, OperationMonitor monitor);

    /** Returns the feed of changes to the store. */
    ChangeFeed changes();

    /** Returns statistics of the store as of now; cheap enough to be polled. */
    StoreStats stats();

    /**
     * Returns the latest queries that took longer than {@link SlowQueryPolicy#threshold()}, newest first. A query is
     * listed as soon as it has taken too long, whether or not it has ended.
     */
    List<SlowQuery> slowQueries();

    /** Returns whether the store was opened for reading only, see {@link Access}. */
    boolean isReadOnly();

    /**
     * Makes everything visible that other processes have committed until now. A store that is open for writing is the
     * only one that commits, so there is nothing to do.
     *
     * @return the sequence of the last visible commit
     * @throws org.storedb.error.StoreFailedException if another store has replaced this one
     * @throws org.storedb.error.CorruptStoreException if durable data is damaged
     * @throws org.storedb.error.StoreIoException if the file system reports an error; after any of these exceptions,
     *     what was visible before can still be read
     */
    long refresh();

    /**
     * Waits until a commit is visible: one made by another process, if the store is open for reading only.
     * {@code store.snapshot().sequence()} is the last one visible in a store. An interrupt does not end the wait, but
     * is preserved.
     *
     * @return whether it became visible in time
     * @throws org.storedb.error.StoreException like {@link #refresh()}
     */
    boolean awaitSequence(long sequence, Duration timeout);

    /** Returns whether the store is open: {@link #close()} has not been called yet. */
    boolean isOpen();

    /**
     * Waits for running commits and a running compaction to stop, makes everything durable and releases the directory.
     * Transactions that are still open can no longer be used. Closing again does nothing, but waits while another thread
     * closes the store. After a failed write, closing does not throw, since the writer was told: it releases the
     * directory, and the next open determines what was written.
     *
     * @throws org.storedb.error.StoreIoException if the end of the log cannot be made durable; the directory is
     *     released
     */
    @Override
    void close();
}
