package org.storedb.feed;

/** What happened to a document or to a key. Several writes of one transaction to the same one are one change. */
public enum ChangeKind {

    /** A document is there that was not there before the transaction. */
    INSERT,

    /** A document has been replaced by another of the same id. */
    UPDATE,

    /** A document or a key of a keyspace has been removed. */
    DELETE,

    /** A document was removed because its time was over. It could not be seen any more already before. */
    EXPIRE,

    /** A key of a keyspace has got a value, whether or not it had one. */
    PUT
}
