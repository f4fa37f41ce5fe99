package org.storedb;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;

/**
 * The entry point to keyspaces and collections: the {@link Store} itself, where each call is its own transaction, a
 * {@link Transaction}, or a read-only {@link Snapshot}. Keyspaces and collections obtained here stay bound to this
 * context.
 *
 * <p>Names are 1 to 128 characters: letters, digits, {@code _}, {@code -} and {@code .}, beginning with a letter or a
 * digit. Keyspaces and collections have separate names. Either exists from its first write.
 */
public interface StoreContext {

    /**
     * Returns the keyspace of this name.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed
     * @throws org.storedb.error.StoreClosedException if the store is closed
     */
    Keyspace keyspace(String name);

    /**
     * Returns the collection of this name, with documents as maps of names to strings, numbers, booleans, nulls, lists
     * and maps.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed
     * @throws org.storedb.error.StoreClosedException if the store is closed
     */
    DocumentCollection<Map<String, @Nullable Object>> collection(String name);

    /**
     * Returns the collection of this name, with documents as objects of a type that Jackson can write and read:
     * records, beans or {@code JsonNode}. The property {@code id} is the document's id.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed
     * @throws org.storedb.error.StoreClosedException if the store is closed
     */
    <T> DocumentCollection<T> collection(String name, Class<T> type);

    /**
     * Returns the collection of this name, with documents converted by {@code codec}.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed
     * @throws org.storedb.error.StoreClosedException if the store is closed
     */
    <T> DocumentCollection<T> collection(String name, DocumentCodec<T> codec);

    /**
     * Returns whether the collection of this name exists, empty or not: it does from its first write, or from its first
     * use in a transaction that can write.
     *
     * @throws org.storedb.error.InvalidNameException if the name is not allowed
     * @throws org.storedb.error.StoreClosedException if the store is closed
     */
    boolean collectionExists(String name);
}
