package org.storedb.internal.bytes;

/**
 * Receives the results of reads that only bring memory into the processor's caches: reads whose results are unused
 * would be eliminated. Many such reads, one right after another, wait for memory at the same time; if each depends on
 * the one before, they wait one after another.
 */
public final class Touched {

    @SuppressWarnings("unused")
    private static long last;

    private Touched() {}

    /** Uses a value that depends on all these reads. For all threads. */
    public static void keep(long sum) {
        last = sum;
    }
}
