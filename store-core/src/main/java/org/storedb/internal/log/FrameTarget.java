package org.storedb.internal.log;

/** Receives frames of the log. */
public interface FrameTarget {

    /** Reports a sequence that was assigned, even if compaction has removed its frame. */
    void sequenceAtLeast(long sequence);

    /**
     * Reports a time when the log was written, since 1970-01-01 UTC, even if compaction has removed what was written
     * then.
     */
    default void timeAtLeast(long millis) {}

    /** Called before the frames of each segment, which come in the order of writing. */
    void beginSegment(Segment segment);

    /** Called for each frame. */
    void frame(Frame frame);
}
