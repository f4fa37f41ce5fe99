package org.storedb.internal.bytes;

/**
 * Receives the results of reads that only bring memory into the processor's caches: reads whose results are unused
 * would be eliminated. Many such reads, one right after another, wait for memory at the same time; if each depends on
 * the one before, they wait one after another.
 */
public final class Touched {

    private static long never = Long.MIN_VALUE; // Not final, so a compiler cannot know that it never changes.

    private Touched() {}

    /**
     * Uses a value that depends on all these reads. For all threads; writes nothing, since they would all wait for the
     * cache line of what they write.
     *
     * @param sum a sum of bytes
     */
    public static void keep(long sum) {
        if (sum == never) {
            never = sum;
        }
    }
}
