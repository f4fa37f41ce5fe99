package org.storedb.internal.log;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is in the log while it is opened. Where it need not take all because it knows what the beginning led to, it
 * says so; if that turns out to be no good, everything is read again from the start.
 */
public interface LogReader extends FrameTarget {

    /**
     * Called once, first, unless the log has to be created.
     *
     * @return behind which part of the log to begin, or {@code null} for the start
     */
    @Nullable
    LogMark start(UUID storeId);

    /** Called before each reading: how many bytes there are to read, about. */
    void begin(long bytesTotal);

    /**
     * Called at the end of a reading that did not begin at the start.
     *
     * @param segmentIds all segments of the log
     * @return whether it led to a whole state; if not, everything is read again
     */
    boolean isComplete(Set<Integer> segmentIds);

    /**
     * What was taken so far does not count: all of it comes again, from the start.
     *
     * @param reason why, to follow "because"
     */
    void restart(String reason);

    /**
     * Called when all was read, before anything is changed.
     *
     * @param segments what was read
     * @throws org.storedb.error.CorruptStoreException if it led to no state that a store can be opened with
     */
    void requireSound(SegmentTable segments);
}
