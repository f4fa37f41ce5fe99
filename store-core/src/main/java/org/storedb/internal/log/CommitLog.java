package org.storedb.internal.log;

import java.util.UUID;

/** A log whose commits can be read in their order, see {@link CommitCursor}. Safe for use by many threads. */
public interface CommitLog {

    UUID storeId();

    /** The segments as of now; one that is taken out is gone from here after {@link #commitsRemovedTo} tells of it. */
    SegmentTable segments();

    /** The newest commit of a user whose frame may have been removed by a compaction; every later one is there. */
    long commitsRemovedTo();

    /** Up to where a segment is durable. */
    int durableBytes(Segment segment);
}
