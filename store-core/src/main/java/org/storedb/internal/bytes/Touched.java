package org.storedb.internal.bytes;

/**
 * Takes what was read for nothing but to have memory come into the processor's caches: reads that nothing follows from are
 * not made. Many such reads, one right after the other, wait for memory at the same time; those that each follow from the
 * one before wait one after the other.
 */
public final class Touched {

    @SuppressWarnings("unused")
    private static long last;

    private Touched() {}

    /** Takes something that all these reads were needed for. For all threads. */
    public static void keep(long sum) {
        last = sum;
    }
}
