package org.storedb.internal.index;

/**
 * How values are taken apart to be written: into numbers that, one by one, are near those of the other values of a leaf. The
 * values themselves are words, see {@link ValueLayout}. Safe for use by many threads.
 */
public interface ValueFields {

    /** Number of fields of a value, 0 or more. */
    int count();

    /**
     * Takes a value apart.
     *
     * @param words all words of the value
     * @param fields to be filled
     */
    void split(long[] words, long[] fields);

    /**
     * Puts a value together again; whatever the fields are, nothing is thrown.
     *
     * @param words to be filled
     * @return whether there can be such a value
     */
    boolean join(long[] fields, long[] words);

    /** Each word is a field. */
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
