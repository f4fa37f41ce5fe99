package org.storedb.feed;

/** A key of a keyspace was given a value or was removed. */
public non-sealed interface ValueChange extends Change {

    /** Returns the name of the keyspace. */
    default String keyspace() {
        return source();
    }

    /** Returns the key, in an array that belongs to the caller. */
    byte[] key();

    /**
     * Returns the value after the change, in an array that belongs to the caller.
     *
     * @throws IllegalStateException for a {@link ChangeKind#DELETE} and an {@link ChangeKind#EXPIRE}, which leave none
     * @throws org.storedb.error.CorruptStoreException if the value is not what was written
     */
    byte[] value();

    /** Returns the value before the transaction, in an array that belongs to the caller. */
    Before<byte[]> before();
}
