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
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.VerificationReport;
import org.storedb.query.SlowQuery;
import org.storedb.storage.StorageDirectory;

/**
 * An open store: one directory, written by one process at a time. Any number of others can read it meanwhile, see {@link
 * Access}.
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
     * directory and an empty store if there is none.
     *
     * @throws org.storedb.error.StoreLockedException if another process, or this one, has the store open
     * @throws org.storedb.error.CorruptStoreException if data that was durable is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote it; nothing is changed
     * @throws org.storedb.error.StoreIoException if the file system refuses
     * @throws org.storedb.error.StoreFullException if there is no space for what opening writes; nothing is lost
     */
    static Store open(Path directory) {
        return open(directory, StoreOptions.defaults());
    }

    /**
     * Opens the store in {@code directory}, creating the directory and an empty store if there is none and the {@linkplain
     * StoreOptions#access() access} is to write.
     *
     * @throws org.storedb.error.StoreLockedException if another process, or this one, has the store open
     * @throws org.storedb.error.CorruptStoreException if data that was durable is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote it; nothing is changed
     * @throws org.storedb.error.StoreIoException if the file system refuses
     * @throws org.storedb.error.StoreFullException if there is no space for what opening writes; nothing is lost
     */
    static Store open(Path directory, StoreOptions options) {
        return LocalStore.open(directory, options);
    }

    /**
     * Opens the store in a directory of any kind, creating an empty store if there is none.
     *
     * @param directory held by the caller; the store takes it over, and closes it when it is closed or cannot be opened
     * @throws org.storedb.error.CorruptStoreException if data that was durable is damaged; nothing is changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote it; nothing is changed
     * @throws org.storedb.error.StoreIoException if the directory fails
     * @throws org.storedb.error.StoreFullException if there is no space for what opening writes; nothing is lost
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

    /** Begins a serializable read-write transaction; close it in every case. */
    default Transaction begin() {
        return begin(TransactionOptions.defaults());
    }

    /** Begins a transaction; close it in every case. */
    Transaction begin(TransactionOptions options);

    /**
     * Runs {@code work} in a serializable transaction and commits it. After a conflict with another transaction the work
     * is run again, with a growing random pause, up to {@link TransactionOptions#maxAttempts()} times: it must have no
     * side effects outside the store. Any exception from the work rolls back and is thrown on.
     *
     * @throws org.storedb.error.TransactionConflictException if the last attempt conflicted, too
     */
    default <R extends @Nullable Object> R inTransaction(Function<? super Transaction, ? extends R> work) {
        return inTransaction(TransactionOptions.defaults(), work);
    }

    /**
     * Runs {@code work} in a transaction and commits it, again after a conflict, as
     * {@link #inTransaction(Function)} does.
     *
     * @throws org.storedb.error.TransactionConflictException if the last attempt conflicted, too
     */
    <R extends @Nullable Object> R inTransaction(
            TransactionOptions options, Function<? super Transaction, ? extends R> work);

    /** {@link #inTransaction(Function)} for work without a result. */
    default void runInTransaction(Consumer<? super Transaction> work) {
        this.<@Nullable Object>inTransaction(transaction -> {
            work.accept(transaction);
            return null;
        });
    }

    /** The state as of now, to read from for as long as it is held. Takes no lock and copies nothing. */
    Snapshot snapshot();

    /**
     * The sequence of this name, which exists from its first number on.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not one that a keyspace could have
     */
    Sequence sequence(String name);

    /**
     * Makes everything committed so far durable, whatever the {@link Durability}.
     *
     * @throws org.storedb.error.StoreFailedException if the file system refuses; the store then accepts no more writes
     */
    void sync();

    /**
     * Starts a compaction in the background, or joins the one that is running: live records are copied, in the order of
     * their keys, out of segments with dead data and of those that commits were written to, which are then deleted; scans
     * read them faster there. Reads and writes go on meanwhile. For as long as it copies, records are there twice: of as
     * many segments at once as half of the free space has room for, or of one at a time if there is less.
     *
     * @return completed with what it did, or exceptionally with the reason why it stopped, closing the store among them;
     *     what is made to follow may take any time, wait for another compaction, or close the store
     */
    CompletableFuture<CompactionResult> compact();

    /**
     * Lets the running compaction stop soon. What it has finished stays done, the rest is as it was; who waits for it gets
     * a {@link org.storedb.error.CompactionCancelledException}.
     *
     * @return whether there was one
     */
    boolean cancelCompaction();

    /** Whether a compaction is running, and what the latest ones did. */
    CompactionStatus compactionStatus();

    /**
     * Removes from the log what has expired, without waiting for {@link StoreOptions#expiryGrace()}; compaction then gives
     * its space back. Nobody could see it before. An open store does that by itself in the background; this is for processes
     * that are too short-lived for that. What has not expired by the wall clock, because that was set back, stays.
     *
     * @return how many documents and values were removed
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     */
    long purgeExpired();

    /** {@link #verify(OperationMonitor)} that nobody watches. */
    default VerificationReport verify() {
        return verify(OperationMonitor.none());
    }

    /**
     * Proves that the store is sound as of now: reads the whole log and every current record, and holds indexes against
     * documents, in the calling thread. Reads, writes and compactions go on meanwhile. What is found is reported, not
     * thrown, and nothing is repaired. What the operating system has in memory is not read from the medium again.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     * @throws org.storedb.error.StoreClosedException if the store is closed before the end
     */
    VerificationReport verify(OperationMonitor monitor);

    /** Adds a backup of the store to those in {@code directory}: what the latest of them does not have. */
    default BackupReport backup(Path directory) {
        return backup(directory, BackupMode.INCREMENTAL, OperationMonitor.none());
    }

    /**
     * Copies the store as of now into a directory of backups, in the calling thread. Reads, writes and compactions go on
     * meanwhile. A backup that is cut short does not count, and harms none before it. {@link StoreBackup} makes a store
     * of it again.
     *
     * @param directory an empty one, one that is created, or one with backups of this store only
     * @throws org.storedb.error.InvalidBackupException if the directory has something else in it
     * @throws org.storedb.error.StoreLockedException if a backup into it, or a restore from it, is under way
     * @throws org.storedb.error.CorruptStoreException if the store is damaged; no backup is made of it
     * @throws org.storedb.error.StoreFailedException if the store accepts no more writes
     * @throws org.storedb.error.StoreIoException if a file system refuses
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    BackupReport backup(Path directory, BackupMode mode, OperationMonitor monitor);

    /**
     * Copies the store as of now into a directory of backups of any kind, as
     * {@link #backup(Path, BackupMode, OperationMonitor)} does.
     *
     * @param directory held by the caller, who also closes it
     */
    BackupReport backup(StorageDirectory directory, BackupMode mode, OperationMonitor monitor);

    /** What has changed in the store, for those who follow it. */
    ChangeFeed changes();

    /** Figures about the store as of now; cheap enough to be polled. */
    StoreStats stats();

    /**
     * The latest queries that took longer than {@link SlowQueryPolicy#threshold()}, the newest first. A query is here from
     * the moment on that it has taken too long, whether or not it has come to its end.
     */
    List<SlowQuery> slowQueries();

    /** Whether it was opened for reading only, see {@link Access}. */
    boolean isReadOnly();

    /**
     * Makes everything seen that other processes have committed until now. A store that is open for writing is the only one
     * that commits, so there is nothing to be done.
     *
     * @return the sequence of the last commit that is seen
     * @throws org.storedb.error.StoreFailedException if another store has been put in place of this one
     * @throws org.storedb.error.CorruptStoreException if data that was durable is damaged
     * @throws org.storedb.error.StoreIoException if the file system refuses; after any of these what was seen before can
     *     still be read
     */
    long refresh();

    /**
     * Waits until a commit is seen: one that another process has made, if the store is open for reading only. {@code
     * store.snapshot().sequence()} is the last one that a store has seen. An interrupt does not end the waiting, and is not
     * lost.
     *
     * @return whether it was seen in time
     * @throws org.storedb.error.StoreException as {@link #refresh()} does
     */
    boolean awaitSequence(long sequence, Duration timeout);

    /** Whether {@link #close()} has not been called yet. */
    boolean isOpen();

    /**
     * Waits for running commits and a running compaction to stop, makes everything durable and frees the directory.
     * Transactions that are still open can no longer be used. Closing again does nothing. Neither does closing throw after
     * a write has failed, since whoever wrote has heard of it: it frees the directory, and the next open finds out what is
     * there.
     *
     * @throws org.storedb.error.StoreIoException if the end of the log cannot be made durable; the directory is free
     */
    @Override
    void close();
}
