package org.storedb.internal.log;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log at one moment, and its segments: everything after it was written later. Immutable.
 *
 * @param sequence the last commit before
 * @param segmentId the active segment
 * @param bytes where the frames of the active segment ended
 * @param lastFrameChecksum header checksum of the last frame there, or that of the segment header
 * @param lastTimeMillis when that frame was written, since 1970-01-01 UTC; {@link Long#MIN_VALUE} if it is not known
 * @param segments all segments, the active one included
 */
public record LogMark(
        UUID storeId,
        long sequence,
        int segmentId,
        int bytes,
        int lastFrameChecksum,
        long lastTimeMillis,
        List<SegmentMark> segments) {

    public LogMark {
        segments = List.copyOf(segments);
    }

    /** Returns the segment that had this id at that moment, or {@code null} if there was none. */
    public @Nullable SegmentMark find(int id) {
        for (SegmentMark segment : segments) {
            if (segment.id() == id) {
                return segment;
            }
        }
        return null;
    }

    /**
     * Returns how many bytes of these segments are after the mark, or in segments that it does not know as complete:
     * all of them if the segment in which it ends is gone, since no log is read from such a mark.
     */
    public long bytesBehind(SegmentTable table) {
        if (!table.contains(segmentId)) {
            return table.bytes();
        }
        long behind = 0;
        for (Segment segment : table.all()) {
            SegmentMark known = find(segment.id());
            if (segment.id() == segmentId) {
                behind += segment.bytes() - bytes;
            } else if (known == null || !known.complete()) {
                behind += segment.bytes();
            }
        }
        return behind;
    }

    /**
     * One segment.
     *
     * @param complete whether it was sealed and settled, so that the state of that moment fully describes its records
     * @param bytes length of the header and frames
     */
    public record SegmentMark(int id, boolean complete, int bytes, int lastFrameChecksum, SegmentFigures figures) {}
}
