package org.storedb;

/**
 * The store as it was at one moment; everything read through it is consistent. It blocks nobody and need not be closed;
 * while it is reachable, the memory and disk space of what has been replaced since stay in use. Writes through it throw
 * {@link org.storedb.error.ReadOnlyException}. Safe for use by many threads.
 */
public interface Snapshot extends StoreContext {

    /** Returns the sequence number of the last commit that this snapshot contains; 0 for an empty store. */
    long sequence();
}
