package org.storedb.internal.index;

/**
 * A way to split values for writing: into numbers each of which is close to those of the other values of a leaf. The
 * values themselves are words, see {@link ValueLayout}. Safe for use by many threads.
 */
public interface ValueFields {

    /** Returns the number of fields of a value, 0 or more. */
    int count();

    /**
     * Splits a value.
     *
     * @param words all words of the value
     * @param fields receives the fields
     */
    void split(long[] words, long[] fields);

    /**
     * Puts a value together again; never throws, whatever the fields are.
     *
     * @param words receives the words
     * @return whether such a value is possible
     */
    boolean join(long[] fields, long[] words);

    /** Returns fields that are the words themselves. */
    static ValueFields ofWords(int words) {
        return new ValueFields() {
            @Override
            public int count() {
                return words;
            }

            @Override
            public void split(long[] from, long[] fields) {
                System.arraycopy(from, 0, fields, 0, words);
            }

            @Override
            public boolean join(long[] fields, long[] to) {
                System.arraycopy(fields, 0, to, 0, words);
                return true;
            }
        };
    }
}
