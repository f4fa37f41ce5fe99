package org.storedb;

/** What is done with a store that has just been opened for writing, before anybody else gets it. */
@FunctionalInterface
public interface StoreInitializer {

    /** Prepares the store. What it throws closes the store, and is thrown on to whoever wanted it opened. */
    void initialize(Store store);
}
