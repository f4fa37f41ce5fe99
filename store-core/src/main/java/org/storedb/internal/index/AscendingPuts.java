package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/** Values that {@link TreeEditor#putAll} is to put under ascending keys, one after the other. For one thread. */
public interface AscendingPuts<V> {

    /** Goes to the next value, which is the first one at first; false if there is none. */
    boolean next();

    /** The key of the value, above the ones before it. Its bytes are copied. */
    byte[] key();

    /** The value. */
    V value();

    /**
     * Is told that the value has been put.
     *
     * @param previous what the key had before, or {@code null} if it was not there
     */
    void done(@Nullable V previous);
}
