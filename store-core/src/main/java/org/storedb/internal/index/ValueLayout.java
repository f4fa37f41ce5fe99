package org.storedb.internal.index;

/**
 * How the values of a tree are kept: as {@code long} words beside the keys, so that a node needs no object per entry.
 * Words at the end that are zero for all values of a leaf are not kept; what is rarely needed belongs there.
 *
 * @param <V> the value type, small and immutable
 */
public interface ValueLayout<V> {

    /** Most words that a value has, 0 or more. */
    int words();

    /** Writes {@code value} to {@code words[at] … words[at + words() - 1]}. */
    void write(V value, long[] words, int at);

    /**
     * Reads the value that {@link #write} wrote.
     *
     * @param kept how many of its words are at {@code words[at]} and behind; the others are zero
     */
    V read(long[] words, int at, int kept);

    /** The word {@code number} of the value at {@code at}, of which {@code kept} words are there. */
    static long word(long[] words, int at, int number, int kept) {
        return number < kept ? words[at + number] : 0;
    }
}
