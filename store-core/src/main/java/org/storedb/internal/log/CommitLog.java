package org.storedb.internal.log;

import java.util.UUID;

/** A log whose commits can be read in order, see {@link CommitCursor}. Safe for use by many threads. */
public interface CommitLog {

    UUID storeId();

    /**
     * Returns the current segments; a segment disappears from them only after {@link #commitsRemovedTo} accounts for
     * it.
     */
    SegmentTable segments();

    /**
     * Returns the newest commit of a user whose frame may have been removed by a compaction; every later one is still
     * in the log.
     */
    long commitsRemovedTo();

    /** Returns the end of the durable part of a segment. */
    int durableBytes(Segment segment);
}
