package org.storedb.internal.log;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The log as it was between two commits. Holding it keeps the segments readable, even if compaction removes them.
 *
 * @param sequence the last commit in it
 * @param manifest the manifest of a log that consists of exactly this and was closed cleanly, as bytes of its file
 * @param parts all segments, the active one last
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LogCut(UUID storeId, long sequence, byte[] manifest, List<Part> parts) {

    /** Returns the total bytes of all parts. */
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /**
     * A segment up to the end of what was written.
     *
     * @param bytes length of the header and frames
     * @param lastFrameChecksum header checksum of the last frame, which covers all before it
     */
    public record Part(Segment segment, boolean sealed, int bytes, int lastFrameChecksum) {

        /** Returns a scanner positioned before the first frame. */
        public SegmentScanner scanner(UUID storeId) throws IOException {
            return SegmentScanner.of(segment, storeId, bytes);
        }
    }
}
