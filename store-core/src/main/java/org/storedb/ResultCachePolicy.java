package org.storedb;

/**
 * Whether results of queries are kept. A result is used again as long as no document of its collection has changed, so it
 * is never out of date; it is kept as the ids of the documents, which are read anew. Only results that were read to their
 * end are kept, and only of queries outside of transactions. It pays where queries are costly to answer but their results
 * small, such as a sort without an index, and writes to the same collection are rare. Immutable.
 *
 * @param results how many results are kept at the most, 0 or more; 0 for none
 * @param bytesMax how many bytes of memory they may take up, nearly, 0 or more
 */
public record ResultCachePolicy(int results, long bytesMax) {

    private static final ResultCachePolicy OFF = new ResultCachePolicy(0, 0);

    public ResultCachePolicy {
        if (results < 0 || bytesMax < 0) {
            throw new IllegalArgumentException(
                    "results and bytesMax must be 0 or more, not " + results + " and " + bytesMax);
        }
    }

    /** No result is kept, which is the default. */
    public static ResultCachePolicy off() {
        return OFF;
    }
}
