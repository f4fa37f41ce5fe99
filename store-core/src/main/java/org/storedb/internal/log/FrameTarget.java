package org.storedb.internal.log;

/** Takes frames of the log. */
public interface FrameTarget {

    /** A sequence that was given out even if compaction has removed its frame. */
    void sequenceAtLeast(long sequence);

    /** Called before the frames of each segment, which come in the order of writing. */
    void beginSegment(Segment segment);

    /** Called for each frame. */
    void frame(Frame frame);
}
