package org.storedb;

/** What a store is opened for. */
public enum Access {

    /** For reading and writing, by one process at a time. */
    READ_WRITE,

    /**
     * For reading, by any number of processes, whether or not another one has the store open for writing. Nothing in
     * the directory is changed, and no write permission is needed. Readers see the state as of opening the store until
     * {@link Store#refresh()} is called.
     */
    READ_ONLY,

    /** Like {@link #READ_ONLY}, but the store is refreshed periodically, see {@link StoreOptions#followInterval()}. */
    FOLLOW
}
