package org.storedb;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of byte strings. Keys are ordered as unsigned bytes. Arrays passed in are not retained; returned
 * arrays may be kept and changed. As thread-safe as the context it was taken from.
 */
public interface Keyspace {

    String name();

    /** Returns the value of {@code key}, or {@code null} if there is none. */
    byte @Nullable [] get(byte[] key);

    boolean exists(byte[] key);

    /**
     * Sets the value of {@code key}.
     *
     * @throws org.storedb.error.LimitExceededException if the key is empty or key or value are too long
     */
    void put(byte[] key, byte[] value);

    /**
     * Sets the value of {@code key}, which expires: from then on the key is absent. A value that is put without an
     * expiry does not expire, whatever the previous one did.
     */
    void put(byte[] key, byte[] value, Expiry expiry);

    /**
     * Changes when the value of {@code key} expires.
     *
     * @return whether it exists
     */
    boolean expire(byte[] key, Expiry expiry);

    /**
     * Marks {@code key} as used without reading it: a value that expires when unused now expires later.
     *
     * @return whether it exists
     */
    boolean touch(byte[] key);

    /** Returns when the value of {@code key} expires; empty if it does not, or if there is none. */
    Optional<Instant> expiresAt(byte[] key);

    /**
     * Removes {@code key}.
     *
     * @return whether it existed
     */
    boolean delete(byte[] key);

    /** Applies the whole batch, in order, as one atomic change. */
    void write(WriteBatch batch);

    /** Returns the number of entries, in constant time. */
    long count();

    /** Returns the number of entries in {@code range}, in logarithmic time. */
    long count(KeyRange range);

    /**
     * Returns the entries of {@code range} in {@code direction}, from one snapshot taken now (in a transaction: with
     * its writes so far). Values are read as the stream reaches them. The stream need not be closed.
     */
    Stream<KeyValue> scan(KeyRange range, Direction direction);

    /** Returns the entries of {@code range} in ascending order; see {@link #scan(KeyRange, Direction)}. */
    default Stream<KeyValue> scan(KeyRange range) {
        return scan(range, Direction.ASCENDING);
    }

    /**
     * Returns the keys of {@code range} in {@code direction}, from one snapshot taken now (in a transaction: with its
     * writes so far). No value is read. The stream need not be closed.
     */
    Stream<byte[]> keys(KeyRange range, Direction direction);

    /** Returns the keys of {@code range} in ascending order; see {@link #keys(KeyRange, Direction)}. */
    default Stream<byte[]> keys(KeyRange range) {
        return keys(range, Direction.ASCENDING);
    }

    /** The order of a scan. */
    enum Direction {
        ASCENDING,
        DESCENDING
    }
}
