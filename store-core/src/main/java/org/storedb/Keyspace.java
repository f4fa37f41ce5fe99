package org.storedb;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of byte strings. Keys are ordered as unsigned bytes. Arrays that are handed in are not kept, arrays
 * that are handed out may be kept and changed. As safe for threads as the context it was taken from.
 */
public interface Keyspace {

    String name();

    /** The value of {@code key}, or {@code null} if there is none. */
    byte @Nullable [] get(byte[] key);

    boolean exists(byte[] key);

    /**
     * Sets the value of {@code key}.
     *
     * @throws org.storedb.error.LimitExceededException if the key is empty or key or value are too long
     */
    void put(byte[] key, byte[] value);

    /**
     * {@link #put(byte[], byte[])} of a value that expires: from then on the key is not there. A value that is put without an
     * expiry does not expire, whatever the one before did.
     */
    void put(byte[] key, byte[] value, Expiry expiry);

    /**
     * Changes when the value of {@code key} expires.
     *
     * @return whether it is there
     */
    boolean expire(byte[] key, Expiry expiry);

    /**
     * Uses {@code key} without reading it: what expires when it is not used expires later.
     *
     * @return whether it is there
     */
    boolean touch(byte[] key);

    /** When the value of {@code key} expires; empty if it does not, or if there is none. */
    Optional<Instant> expiresAt(byte[] key);

    /**
     * Removes {@code key}.
     *
     * @return whether it was there
     */
    boolean delete(byte[] key);

    /** Applies the whole batch, in its order, as one atomic change. */
    void write(WriteBatch batch);

    /** Number of entries; costs the same for any number. */
    long count();

    /** Number of entries in {@code range}, in logarithmic time. */
    long count(KeyRange range);

    /**
     * The entries of {@code range} in {@code direction}, from one snapshot taken now (in a transaction: with its writes
     * so far). Values are read as the stream gets to them. The stream needs no closing.
     */
    Stream<KeyValue> scan(KeyRange range, Direction direction);

    /** {@link #scan(KeyRange, Direction)} in ascending order. */
    default Stream<KeyValue> scan(KeyRange range) {
        return scan(range, Direction.ASCENDING);
    }

    /**
     * The keys of {@code range} in {@code direction}, from one snapshot taken now (in a transaction: with its writes so
     * far). No value is read. The stream needs no closing.
     */
    Stream<byte[]> keys(KeyRange range, Direction direction);

    /** {@link #keys(KeyRange, Direction)} in ascending order. */
    default Stream<byte[]> keys(KeyRange range) {
        return keys(range, Direction.ASCENDING);
    }

    /** The order of a scan. */
    enum Direction {
        ASCENDING,
        DESCENDING
    }
}
