package org.storedb;

/** Prepares a store that has just been opened for writing, before anyone else can use it. */
@FunctionalInterface
public interface StoreInitializer {

    /**
     * Prepares the store. If it throws, the store is closed and the exception is propagated to the caller that opened
     * it.
     */
    void initialize(Store store);
}
