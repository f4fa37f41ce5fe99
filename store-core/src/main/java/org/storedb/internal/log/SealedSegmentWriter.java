package org.storedb.internal.log;

import java.io.IOException;
import java.time.InstantSource;

/** Writes a segment that becomes part of the log only when it is complete: the target of a compaction. */
public final class SealedSegmentWriter {

    private final SegmentWriter writer;
    private final InstantSource clock;
    private long newestSequence;

    SealedSegmentWriter(SegmentWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Returns whether a frame with this body fits. */
    public boolean hasRoomFor(FrameBody body) {
        return writer.hasRoomFor(body);
    }

    /**
     * Writes a frame of relocated operations.
     *
     * @param sequence the highest sequence of its operations
     */
    public void append(long sequence, FrameBody body) throws IOException {
        writer.append(sequence, clock.millis(), body);
        writer.flush();
        writer.segment().note(body.figures(sequence));
        newestSequence = Math.max(newestSequence, sequence);
    }

    /** Completes the segment and makes it durable. */
    public void finish() throws IOException {
        writer.appendFooter(newestSequence, clock.millis());
        writer.flush();
        writer.sync();
        writer.close();
        writer.segment().setSettled(false);
        writer.segment().seal();
    }

    public Segment segment() {
        return writer.segment();
    }

    Manifest.Entry manifestEntry() {
        return writer.manifestEntry(true);
    }
}
