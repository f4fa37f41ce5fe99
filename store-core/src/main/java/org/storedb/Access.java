package org.storedb;

/** What a store is opened for. */
public enum Access {

    /** To read and write; by one process at a time. */
    READ_WRITE,

    /**
     * To read, by any number of processes, whether another one has the store open for writing or not. Nothing in the directory
     * is changed, and no right to write to it is needed. What is seen is the state when the store was opened, until {@link
     * Store#refresh()}.
     */
    READ_ONLY,

    /** Like {@link #READ_ONLY}, and the store is refreshed again and again, see {@link StoreOptions#followInterval()}. */
    FOLLOW
}
