package org.storedb.internal.transaction;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.SegmentTable;

/**
 * One of the {@link RecentPuts}: the location of a record that a commit has put under a key.
 *
 * <p>Its links are not volatile: a volatile write waits until all earlier writes have left the processor, and there are
 * several links for each put.
 */
final class RecentPut {

    private final Key key;
    private final RecordPointer pointer;
    private final SegmentTable segments;
    private final int logEnd;
    private @Nullable RecentPut replaced;
    private @Nullable RecentPut next;

    /**
     * Creates a put.
     *
     * @param segments the segments, including that of the record
     * @param logEnd where the record's segment ended when the commit, and all of its group, had been written
     */
    RecentPut(int treeId, byte[] key, RecordPointer pointer, SegmentTable segments, int logEnd) {
        this.key = new Key(treeId, key);
        this.pointer = pointer;
        this.segments = segments;
        this.logEnd = logEnd;
    }

    /** Returns the link before the first put after a commit. It keeps no segment. */
    static RecentPut after(long sequence) {
        return new RecentPut(-1, new byte[0], new RecordPointer(0, 0, 0, sequence), SegmentTable.EMPTY, 0);
    }

    Key key() {
        return key;
    }

    int treeId() {
        return key.treeId;
    }

    byte[] keyBytes() {
        return key.bytes;
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

    /** Returns whether both were written in one group. */
    boolean isOfSameGroup(RecentPut other) {
        return logEnd == other.logEnd && pointer.segment() == other.pointer.segment();
    }

    /** Returns the sequence of the commit. */
    long sequence() {
        return pointer.sequence();
    }

    /** Returns the put of the same key before this one; {@code null} if there was none, or it is no longer needed. */
    @Nullable
    RecentPut replaced() {
        RecentPut before = replaced;
        VarHandle.acquireFence();
        return before;
    }

    /** Sets the put before; a thread that reads it also sees everything that was written before. */
    void setReplaced(@Nullable RecentPut before) {
        VarHandle.releaseFence();
        replaced = before;
    }

    /** Returns the put after it, of whatever key; for callers that know from later writes that there is one. */
    @Nullable
    RecentPut next() {
        return next;
    }

    void setNext(@Nullable RecentPut following) {
        next = following;
    }

    /** A key of a tree. */
    static final class Key {

        private static final int TREE_FACTOR = 0x9E37_79B1;

        private final int treeId;
        private final byte[] bytes;
        private final int hash;

        Key(int treeId, byte[] bytes) {
            this.treeId = treeId;
            this.bytes = bytes;
            this.hash = Long.hashCode(RecordHints.hash(bytes)) + treeId * TREE_FACTOR;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && treeId == key.treeId && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
