package org.storedb;

/**
 * A generator of the numbers 1, 2, 3, …, each handed out once, to any number of threads and across restarts. As with
 * SQL sequences, a number is used up once it was handed out, even if the transaction that asked for it is rolled back,
 * and some are skipped after a restart. Numbers are taken from the store in blocks, so that asking for one rarely
 * writes.
 *
 * <p>Obtained from {@link Store#sequence}; safe for use by many threads.
 */
public interface Sequence {

    String name();

    /**
     * Returns the next number.
     *
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     * @throws org.storedb.error.LimitExceededException if all numbers have been handed out
     * @throws org.storedb.error.StoreException if a new block cannot be taken
     */
    long next();

    /**
     * Skips all numbers up to {@code last}, so that the next one is greater: for documents imported with numbers
     * assigned elsewhere. Does nothing if the sequence is already past it. As with {@link #next}, the rollback of an
     * enclosing transaction does not undo this.
     *
     * @throws IllegalArgumentException if {@code last} is negative
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     * @throws org.storedb.error.StoreException if it cannot be stored
     */
    void advanceTo(long last);
}
