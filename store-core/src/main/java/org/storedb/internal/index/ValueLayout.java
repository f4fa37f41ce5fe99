package org.storedb.internal.index;

/**
 * How the values of a tree are kept: as a fixed number of {@code long} words beside the keys, so that a node needs no
 * object per entry.
 *
 * @param <V> the value type, small and immutable
 */
public interface ValueLayout<V> {

    /** Number of words per value, 0 or more. */
    int words();

    /** Writes {@code value} to {@code words[at] … words[at + words() - 1]}. */
    void write(V value, long[] words, int at);

    /** Reads the value that {@link #write} wrote there. */
    V read(long[] words, int at);
}
