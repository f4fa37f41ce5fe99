package org.storedb.internal.log;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Receives the contents of the log while it is opened. If it already knows the state at some point, reading can begin
 * there; if that turns out to be wrong, everything is read again from the start.
 */
public interface LogReader extends FrameTarget {

    /**
     * Called once, before anything else, unless the log has to be created.
     *
     * @return the part of the log to skip, or {@code null} to begin at the start
     */
    @Nullable
    LogMark start(UUID storeId);

    /** Called before each reading, with the approximate number of bytes to read. */
    void begin(long bytesTotal);

    /**
     * Called at the end of a reading that did not begin at the start.
     *
     * @param segmentIds all segments of the log
     * @return whether the result is a complete state; if not, everything is read again
     */
    boolean isComplete(Set<Integer> segmentIds);

    /**
     * Discards what was received so far: all of it comes again, from the start.
     *
     * @param reason why; completes a sentence after "because"
     */
    void restart(String reason);

    /**
     * Called when everything was read, before anything is changed.
     *
     * @param segments what was read
     * @throws org.storedb.error.CorruptStoreException if the result is not a state that a store can be opened with
     */
    void requireSound(SegmentTable segments);
}
