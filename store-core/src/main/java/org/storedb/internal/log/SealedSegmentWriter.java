package org.storedb.internal.log;

import java.io.IOException;
import java.time.InstantSource;
import org.storedb.internal.bytes.ByteWriter;

/** Writes a segment that becomes part of the log only when it is complete: what compaction copies into. */
public final class SealedSegmentWriter {

    private final SegmentWriter writer;
    private final InstantSource clock;

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
     * @return where the body begins in the segment
     */
    public int append(long sequence, int operations, ByteWriter body) throws IOException {
        int offset =
                writer.append(FrameKind.RELOCATION, sequence, clock.millis(), operations, body.array(), body.size());
        writer.flush();
        return offset;
    }

    /** Makes the segment complete and durable. */
    public void finish() throws IOException {
        writer.sync();
        writer.finish();
        writer.segment().seal();
    }

    public Segment segment() {
        return writer.segment();
    }

    Manifest.Entry manifestEntry() {
        return writer.manifestEntry(true);
    }
}
