package org.storedb.internal.recovery;

import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
import org.storedb.internal.log.FrameTarget;
import org.storedb.internal.log.Segment;

/** Hands frames to a replay, and notes how many there were and when they were written. */
final class ReplayedFrames implements FrameTarget {

    private final LogReplay replay;
    private long lastCommit;
    private long lastCommitMillis;
    private long latestMillis;
    private long count;
    private long bytes;

    ReplayedFrames(LogReplay replay) {
        this.replay = replay;
    }

    LogReplay replay() {
        return replay;
    }

    /** Returns when the last of the commits was written, since 1970-01-01 UTC; 0 if there was none. */
    long lastCommitMillis() {
        return lastCommitMillis;
    }

    /** Returns the latest time that was noted, since 1970-01-01 UTC; 0 if there was none. */
    long latestMillis() {
        return latestMillis;
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void sequenceAtLeast(long sequence) {
        replay.sequenceAtLeast(sequence);
    }

    @Override
    public void timeAtLeast(long millis) {
        latestMillis = Math.max(latestMillis, millis);
    }

    @Override
    public void beginSegment(Segment segment) {
        replay.beginSegment(segment);
    }

    @Override
    public void frame(Frame frame) {
        replay.frame(frame);
        timeAtLeast(frame.timeMillis());
        if (frame.kind() == FrameKind.COMMIT && frame.sequence() > lastCommit) {
            lastCommit = frame.sequence();
            lastCommitMillis = frame.timeMillis();
        }
        count++;
        bytes += frame.bytes();
    }
}
