package org.storedb.internal.transaction;

/**
 * The growth of a tree, from its size at equal intervals: what it will need soon, and whether it has stopped. For one
 * thread at a time.
 */
final class TreeGrowth {

    /** A table is to last this long before a larger one is needed. */
    private static final int PAUSES_AHEAD = 60;

    /** The expected size is at most this many times the current one: no growth lasts forever. */
    private static final int EXPECTED_MAX = 4;

    private static final int SETTLED_PAUSES = 4;
    private static final double SETTLED_CHANGE_MAX = 0.001;

    private long size;
    private long grown;
    private int quietPauses;

    /** Creates the growth of a tree that had this size before the first look. */
    TreeGrowth(long size) {
        this.size = size;
    }

    /** Notes the size after another pause. */
    void look(long newSize) {
        grown = Math.max(0, newSize - size);
        boolean quiet = Math.abs(newSize - size) <= SETTLED_CHANGE_MAX * newSize;
        quietPauses = quiet ? quietPauses + 1 : 0;
        size = newSize;
    }

    /** Returns the size to be prepared for; not below {@code currentSize}. */
    long expectedSize(long currentSize) {
        return Math.min(EXPECTED_MAX * currentSize, currentSize + PAUSES_AHEAD * grown);
    }

    /** Returns whether the size has hardly changed for some pauses. */
    boolean isSettled() {
        return quietPauses >= SETTLED_PAUSES;
    }
}
