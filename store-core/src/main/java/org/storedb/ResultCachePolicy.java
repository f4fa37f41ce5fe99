package org.storedb;

/**
 * Whether query results are cached. A result is reused as long as no document of its collection has changed, so it is
 * never stale; it is cached as the ids of the documents, which are read again. Only results that were read to the end
 * are cached, and only of queries outside transactions. It pays off where queries are costly but their results small,
 * such as a sort without an index, and writes to the same collection are rare. Immutable.
 *
 * @param results maximum number of cached results, 0 or more; 0 for none
 * @param bytesMax approximate maximum bytes of memory they may take up, 0 or more
 */
public record ResultCachePolicy(int results, long bytesMax) {

    private static final ResultCachePolicy OFF = new ResultCachePolicy(0, 0);

    public ResultCachePolicy {
        if (results < 0 || bytesMax < 0) {
            throw new IllegalArgumentException(
                    "results and bytesMax must be 0 or more, not " + results + " and " + bytesMax);
        }
    }

    /** Returns a policy that caches nothing, which is the default. */
    public static ResultCachePolicy off() {
        return OFF;
    }
}
