package org.storedb.internal.transaction;

/**
 * How fast a tree grows, by looks at its size in equal pauses: what it will need soon, and whether it has stopped. For one
 * thread at a time.
 */
final class TreeGrowth {

    /** It is to last for so long before there is more to be made. */
    private static final int PAUSES_AHEAD = 60;

    /** What is foreseen is at most so many times the size: no growth lasts for ever. */
    private static final int EXPECTED_MAX = 4;

    private static final int SETTLED_PAUSES = 4;
    private static final double SETTLED_CHANGE_MAX = 0.001;

    private long size;
    private long grown;
    private int quietPauses;

    /** The growth of a tree that had this size before the first look. */
    TreeGrowth(long size) {
        this.size = size;
    }

    /** Takes the size after another pause. */
    void look(long newSize) {
        grown = Math.max(0, newSize - size);
        boolean quiet = Math.abs(newSize - size) <= SETTLED_CHANGE_MAX * newSize;
        quietPauses = quiet ? quietPauses + 1 : 0;
        size = newSize;
    }

    /** The size to be ready for; not below {@code currentSize}. */
    long expectedSize(long currentSize) {
        return Math.min(EXPECTED_MAX * currentSize, currentSize + PAUSES_AHEAD * grown);
    }

    /** Whether its size has hardly changed for some pauses. */
    boolean isSettled() {
        return quietPauses >= SETTLED_PAUSES;
    }
}
