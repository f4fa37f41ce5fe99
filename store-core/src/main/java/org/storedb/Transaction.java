package org.storedb;

/**
 * A group of reads and writes that takes effect as a whole or not at all. It reads from the snapshot taken when it
 * began plus its own writes, buffers its writes, and is checked at commit against what others have committed. For one
 * thread at a time.
 *
 * <p>Creating a collection, a keyspace, an index or a new field name takes effect at once and stays after a rollback;
 * only documents and entries are part of the transaction.
 */
public interface Transaction extends StoreContext, AutoCloseable {

    /**
     * Commits: makes all writes visible, atomically, and durable.
     *
     * @throws org.storedb.error.TransactionConflictException if another transaction changed what this one depends on;
     *     nothing was written; run it again
     * @throws org.storedb.error.UniqueIndexViolationException if another transaction has meanwhile taken a unique value
     * @throws org.storedb.error.TransactionTimedOutException if its timeout has passed; nothing was written
     * @throws org.storedb.error.CommitOutcomeUnknownException if the file system failed during the commit: after the
     *     next open all of the writes are there or none
     * @throws org.storedb.error.TransactionClosedException if it has ended already
     * @throws IllegalStateException if it is called by the work of {@link Store#inTransaction}
     */
    void commit();

    /** Discards the writes. Does nothing if the transaction has ended already. */
    void rollback();

    /** Creates a savepoint of the writes so far. */
    Savepoint savepoint();

    /**
     * Discards the writes since {@code savepoint}, which stays usable; later savepoints become invalid. Possible even
     * after the transaction's timeout has passed.
     *
     * @throws IllegalArgumentException if the savepoint is not a valid one of this transaction
     */
    void rollbackTo(Savepoint savepoint);

    /** Removes a savepoint and the ones after it; the writes are kept. */
    void release(Savepoint savepoint);

    /** Returns whether the transaction has been neither committed nor rolled back yet. */
    boolean isActive();

    /** Returns the options that it was begun with. */
    TransactionOptions options();

    /** Rolls back if the transaction has not ended yet. */
    @Override
    void close();
}
