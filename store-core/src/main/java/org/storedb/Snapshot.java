package org.storedb;

/**
 * The store as it was at one moment; everything read through it belongs together. It blocks nobody and needs no closing;
 * while it is reachable, the memory and disk space of what has been replaced since stays in use. Writes through it throw
 * {@link org.storedb.error.ReadOnlyException}. Safe for use by many threads.
 */
public interface Snapshot extends StoreContext {

    /** The sequence number of the last commit that this snapshot contains; 0 for an empty store. */
    long sequence();
}
