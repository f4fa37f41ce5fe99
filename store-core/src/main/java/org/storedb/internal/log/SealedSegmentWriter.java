package org.storedb.internal.log;

import java.io.IOException;
import java.time.InstantSource;
import org.storedb.internal.bytes.ByteWriter;

/** Writes a segment that becomes part of the log only when it is complete: what compaction copies into. */
public final class SealedSegmentWriter {

    private final SegmentWriter writer;
    private final InstantSource clock;
    private long newestSequence;

    SealedSegmentWriter(SegmentWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Whether a frame with such a body fits in. */
    public boolean hasRoomFor(int bodyBytes) {
        return writer.hasRoomFor(bodyBytes);
    }

    /**
     * Writes a frame of relocated operations.
     *
     * @param sequence the highest sequence of its operations
     * @param figures what is in it
     * @return where the body begins in the segment
     */
    public int append(long sequence, SegmentFigures figures, ByteWriter body) throws IOException {
        int offset = writer.append(
                FrameKind.RELOCATION, sequence, clock.millis(), figures.operations(), body.array(), body.size());
        writer.flush();
        writer.segment().note(figures);
        newestSequence = Math.max(newestSequence, sequence);
        return offset;
    }

    /** Makes the segment complete and durable. */
    public void finish() throws IOException {
        writer.appendFooter(newestSequence, clock.millis());
        writer.flush();
        writer.sync();
        writer.finish();
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
