package org.storedb.transfer;

/** What to do with a document whose id already exists in the collection. */
public enum DuplicatePolicy {
    /** It is rejected. */
    REJECT,

    /** It is skipped, and counted. */
    SKIP,

    /** It replaces the existing one. */
    REPLACE,

    /**
     * Its fields replace those of the existing one, field by field even inside objects; the other fields and the expiry
     * are kept. A null also replaces.
     */
    MERGE
}
