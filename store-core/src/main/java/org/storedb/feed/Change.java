package org.storedb.feed;

/**
 * One change of a transaction: of a document or of a key of a keyspace. Immutable; safe for use by many threads. Values
 * are decoded on access.
 */
public sealed interface Change permits DocumentChange, ValueChange {

    ChangeKind kind();

    /** Returns the name of the collection or of the keyspace. */
    String source();

    /** Returns whether nothing exists after the change. */
    default boolean isRemoval() {
        return kind() == ChangeKind.DELETE || kind() == ChangeKind.EXPIRE;
    }
}
