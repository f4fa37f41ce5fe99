package org.storedb.benchmark.engine;

import org.jspecify.annotations.Nullable;

/**
 * An open ordered map of byte strings. Keys are ordered as unsigned bytes. Returned arrays are new ones, as an
 * application would need them. Safe for use by multiple threads.
 *
 * <p>Operations that an engine lacks ({@link EngineKind#capabilities()}) throw an
 * {@link UnsupportedOperationException}.
 */
public interface Engine extends AutoCloseable {

    byte @Nullable [] get(byte[] key);

    /** Sets the value of {@code key} in a commit of its own. */
    void put(byte[] key, byte[] value);

    /** Sets the values of several keys in one commit. */
    void putAll(byte[][] keys, byte[][] values);

    /**
     * Passes at most {@code limit} entries, starting with {@code from} (inclusive), to {@code consumer}, in order.
     *
     * @return the number of entries
     */
    long scan(byte[] from, long limit, EntryConsumer consumer);

    /**
     * Returns the number of entries from {@code from} (inclusive) to {@code to} (exclusive), by the engine's best
     * method.
     */
    long count(byte[] from, byte[] to);

    /** Writes all pending entries, so that none is lost when the process ends. */
    default void flush() {}

    /** Reorganizes the files and waits until this is done, if the engine has such an operation. */
    default void compact() {}

    @Override
    void close();

    /** Receiver of the entries of a scan. */
    @FunctionalInterface
    interface EntryConsumer {

        void accept(byte[] key, byte[] value);
    }
}
