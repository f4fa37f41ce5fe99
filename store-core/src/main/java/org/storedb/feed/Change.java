package org.storedb.feed;

/**
 * One change of a transaction: of a document or of a key of a keyspace. Immutable; safe for use by many threads. Values are
 * decoded when they are asked for.
 */
public sealed interface Change permits DocumentChange, ValueChange {

    ChangeKind kind();

    /** The name of the collection or of the keyspace. */
    String source();

    /** Whether nothing is there after it. */
    default boolean isRemoval() {
        return kind() == ChangeKind.DELETE || kind() == ChangeKind.EXPIRE;
    }
}
