package org.storedb.feed;

/** What happened to a document or to a key. Several writes to the same one in one transaction are one change. */
public enum ChangeKind {

    /** A document exists that did not exist before the transaction. */
    INSERT,

    /** A document has been replaced by another with the same id. */
    UPDATE,

    /** A document or a key of a keyspace has been removed. */
    DELETE,

    /** A document was removed because it had expired. It was already invisible before. */
    EXPIRE,

    /** A key of a keyspace was given a value, whether or not it had one. */
    PUT
}
