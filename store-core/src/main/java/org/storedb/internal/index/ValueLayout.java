package org.storedb.internal.index;

/**
 * The layout of the values of a tree: {@code long} words beside the keys, so that a node needs no object per entry.
 * Trailing words that are zero in all values of a leaf are not stored; what is rarely needed belongs there.
 *
 * @param <V> the value type, small and immutable
 */
public interface ValueLayout<V> {

    /** Returns the maximum words of a value, 0 or more. */
    int words();

    /** Writes {@code value} to {@code words[at] … words[at + words() - 1]}. */
    void write(V value, long[] words, int at);

    /**
     * Reads the value that {@link #write} wrote.
     *
     * @param kept how many of its words are stored from {@code words[at]} on; the others are zero
     */
    V read(long[] words, int at, int kept);

    /** Returns the word {@code number} of the value at {@code at}, of which {@code kept} words are stored. */
    static long word(long[] words, int at, int number, int kept) {
        return number < kept ? words[at + number] : 0;
    }
}
