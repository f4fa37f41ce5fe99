package org.storedb.transfer;

/** What is done with a document whose id is in the collection already. */
public enum DuplicatePolicy {
    /** It is rejected. */
    REJECT,

    /** It is left out, and counted. */
    SKIP,

    /** It replaces the one that is there. */
    REPLACE,

    /**
     * Its fields replace those of the one that is there, field by field also inside of objects; the other fields stay, and so
     * does its time to expire. A null replaces, too.
     */
    MERGE
}
