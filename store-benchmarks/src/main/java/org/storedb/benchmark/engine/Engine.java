package org.storedb.benchmark.engine;

import org.jspecify.annotations.Nullable;

/**
 * An open ordered map of byte strings. Keys are ordered as unsigned bytes. Arrays that are handed out are fresh ones, as
 * an application would need them. Safe for use by many threads.
 *
 * <p>What an engine cannot do ({@link EngineKind#capabilities()}) it refuses with an
 * {@link UnsupportedOperationException}.
 */
public interface Engine extends AutoCloseable {

    byte @Nullable [] get(byte[] key);

    /** Sets the value of {@code key} in a commit of its own. */
    void put(byte[] key, byte[] value);

    /** Sets the values of several keys in one commit. */
    void putAll(byte[][] keys, byte[][] values);

    /**
     * Hands the entries from {@code from} (included) on to {@code consumer}, in order, at most {@code limit}.
     *
     * @return how many
     */
    long scan(byte[] from, long limit, EntryConsumer consumer);

    /** Number of entries from {@code from} (included) to {@code to} (excluded), by the best way that the engine has. */
    long count(byte[] from, byte[] to);

    /** Writes what was put and is not written yet, so that the end of the process loses nothing of it. */
    default void flush() {}

    /** Reorganizes the files and waits for it, if the engine has such an operation. */
    default void compact() {}

    @Override
    void close();

    /** Takes the entries of a scan. */
    @FunctionalInterface
    interface EntryConsumer {

        void accept(byte[] key, byte[] value);
    }
}
