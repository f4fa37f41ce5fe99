package org.storedb;

/**
 * A group of reads and writes that takes effect as a whole or not at all. It reads from the snapshot taken when it began
 * plus its own writes, buffers what it writes, and is checked against what others committed when it commits. For one
 * thread at a time.
 *
 * <p>Creating a collection, a keyspace, an index or a new field name takes effect at once and stays after a rollback;
 * only documents and entries are part of the transaction.
 */
public interface Transaction extends StoreContext, AutoCloseable {

    /**
     * Makes the writes visible and durable, as a whole.
     *
     * @throws org.storedb.error.TransactionConflictException if another transaction changed what this one depends on;
     *     nothing was written, run it again
     * @throws org.storedb.error.UniqueIndexViolationException if another transaction has meanwhile taken a unique value
     * @throws org.storedb.error.TransactionTimedOutException if the time is up; nothing was written
     * @throws org.storedb.error.CommitOutcomeUnknownException if the file system failed in the middle: after the next
     *     open the writes are there as a whole or not at all
     * @throws org.storedb.error.TransactionClosedException if it has ended already
     */
    void commit();

    /** Drops the writes. Does nothing if the transaction has ended already. */
    void rollback();

    /** Remembers the writes so far. */
    Savepoint savepoint();

    /**
     * Drops the writes since {@code savepoint}, which stays usable; later savepoints become invalid.
     *
     * @throws IllegalArgumentException if the savepoint is not a valid one of this transaction
     */
    void rollbackTo(Savepoint savepoint);

    /** Forgets a savepoint and the ones after it; the writes stay. */
    void release(Savepoint savepoint);

    /** Whether neither commit nor rollback has been called yet. */
    boolean isActive();

    /** The options that it began with. */
    TransactionOptions options();

    /** Rolls back if the transaction has not ended yet. */
    @Override
    void close();
}
