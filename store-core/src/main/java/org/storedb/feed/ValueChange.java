package org.storedb.feed;

/** A key of a keyspace got a value or was removed. */
public non-sealed interface ValueChange extends Change {

    /** The name of the keyspace. */
    default String keyspace() {
        return source();
    }

    /** The key, in an array of the caller's own. */
    byte[] key();

    /**
     * The value after the change, in an array of the caller's own.
     *
     * @throws IllegalStateException for a {@link ChangeKind#DELETE} and an {@link ChangeKind#EXPIRE}, which leave none
     * @throws org.storedb.error.CorruptStoreException if it is not what was written
     */
    byte[] value();

    /** The value before the transaction, in an array that is nobody else's. */
    Before<byte[]> before();
}
