package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/** Values for {@link TreeEditor#putAll} to put under ascending keys, one after another. For one thread. */
public interface AscendingPuts<V> {

    /** Moves to the next value, initially to the first one; returns false if there is none. */
    boolean next();

    /** Returns the key of the value, above those before. Its bytes are copied. */
    byte[] key();

    /** Returns the value. */
    V value();

    /**
     * Called when the value has been put.
     *
     * @param previous the previous value of the key, or {@code null} if the key was absent
     */
    void done(@Nullable V previous);
}
