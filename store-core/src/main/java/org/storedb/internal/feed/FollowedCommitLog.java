package org.storedb.internal.feed;

import java.util.UUID;
import java.util.function.Supplier;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.log.FollowedLog;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;

/** The log that another process writes, as far as it has been read. Safe for use by many threads. */
public final class FollowedCommitLog implements CommitLog {

    private final Supplier<FollowedLog> latest;

    /**
     * Creates a log that continues to be read.
     *
     * @param latest provides it as it was read last
     */
    public FollowedCommitLog(Supplier<FollowedLog> latest) {
        this.latest = latest;
    }

    @Override
    public UUID storeId() {
        return latest.get().storeId();
    }

    @Override
    public SegmentTable segments() {
        return latest.get().segments();
    }

    @Override
    public long commitsRemovedTo() {
        return latest.get().commitsRemovedTo();
    }

    @Override
    public int durableBytes(Segment segment) {
        throw new IllegalStateException("What the writer has made durable is not known here");
    }
}
