package org.storedb;

/**
 * Gives out the numbers 1, 2, 3, … each of them once, to any number of threads and across restarts. As with the sequences
 * of SQL, a number is gone once it was given out, also when the transaction that asked for it is rolled back, and some are
 * left out after a restart. Numbers are taken from the store in blocks, so that asking for one rarely writes.
 *
 * <p>Obtained from {@link Store#sequence}; safe for use by many threads.
 */
public interface Sequence {

    String name();

    /**
     * The next number.
     *
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     * @throws org.storedb.error.LimitExceededException if it has given out all numbers that there are
     * @throws org.storedb.error.StoreException if a new block cannot be taken
     */
    long next();

    /**
     * Leaves out all numbers up to {@code last}, so that the next one is greater: for documents that were brought here with
     * the numbers that they had elsewhere. Does nothing if the sequence is further already. Like a number, this is not taken
     * back by the rollback of a transaction around it.
     *
     * @throws IllegalArgumentException if {@code last} is negative
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only
     * @throws org.storedb.error.StoreException if it cannot be noted
     */
    void advanceTo(long last);
}
