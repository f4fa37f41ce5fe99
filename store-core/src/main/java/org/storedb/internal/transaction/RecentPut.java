package org.storedb.internal.transaction;

import java.util.Arrays;
import org.storedb.internal.log.SegmentTable;

/** One of the {@link RecentPuts}: the location of a record that a commit has put under a key. Immutable. */
final class RecentPut {

    private final int treeId;
    private final byte[] key;
    private final RecordPointer pointer;
    private final SegmentTable segments;
    private final int logEnd;

    /**
     * Creates a put.
     *
     * @param segments the segments, including that of the record
     * @param logEnd where the record's segment ended when the commit, and all of its group, had been written
     */
    RecentPut(int treeId, byte[] key, RecordPointer pointer, SegmentTable segments, int logEnd) {
        this.treeId = treeId;
        this.key = key;
        this.pointer = pointer;
        this.segments = segments;
        this.logEnd = logEnd;
    }

    int treeId() {
        return treeId;
    }

    byte[] key() {
        return key;
    }

    RecordPointer pointer() {
        return pointer;
    }

    SegmentTable segments() {
        return segments;
    }

    int logEnd() {
        return logEnd;
    }

    /** Returns the sequence of the commit. */
    long sequence() {
        return pointer.sequence();
    }

    /** Returns whether it is a put of this key into this tree. */
    boolean isOf(int tree, byte[] otherKey) {
        return treeId == tree && Arrays.equals(key, otherKey);
    }

    /** Returns whether both were written in one group. */
    boolean isOfSameGroup(RecentPut other) {
        return logEnd == other.logEnd && pointer.segment() == other.pointer.segment();
    }
}
