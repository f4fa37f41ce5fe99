package org.storedb.internal.log;

import java.util.UUID;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Layout of a frame. Numbers are big-endian, a varint has 7 bits per byte, lowest first; all checksums are CRC-32C.
 *
 * <pre>
 * frame:   [ header ] [ body ]
 *
 * header:          [ start 1 ] [ header checksum 4 ] [ link 2 ] [ sequence varint, if given ] [ time varint, if given ]
 *                  [ not durable varint, if given ] [ body length varint ] [ operations varint ] [ body checksum 4 ]
 * of a single put: [ start 1 ] … [ not durable varint, if given ] [ tree id varint ]
 *                  [ key length varint ] [ key ] [ record length varint ] [ record checksum 4 ]
 *
 * start:   bits 0 and 1  kind, see {@link FrameKind}; no frame begins with a zero
 *          bit 2         a single put
 *          bit 3         the time is given; otherwise it is that of the frame before
 *          bits 4 and 5  durable before the frame: 0 not given, 1 everything, 2 all but this many bytes right before it
 *          bit 6         the sequence is not given: it is one more than that of the frame before
 *          bit 7         1
 *
 * body:               operations, see {@link OperationFormat}
 * of a single put:    [ record without its checksum ]
 * of a footer:        figures, see {@link SegmentFigures}, and [ length of the whole frame 1 ]
 * </pre>
 *
 * <ul>
 *   <li>The <em>header checksum</em> is of store id (16), segment id (4), offset of the frame in the segment (4) and
 *       the header without the checksum itself: a frame at another offset, or of another store, is invalid, and a
 *       header can be recognized by itself, anywhere in the file.
 *   <li>The <em>link</em> is the lower half of the header checksum of the frame before, or of that of the segment
 *       header: a frame is only valid after the one that it was written after, and the checksum of one frame vouches
 *       for all before it.
 *   <li>The <em>sequence</em> is omitted in single puts only, but never in the first frame of a segment, nor in the
 *       first one that begins in each {@link #BLOCK_BYTES} of it: so it can be determined even after damage.
 *   <li>The <em>time</em> is milliseconds since the segment was created; negative values, which occur after a clock was
 *       set back, are interleaved with the others (0, -1, 1, -2, …).
 *   <li><em>Durable</em> is given when it has changed since the frame before.
 *   <li>A <em>single put</em> is a commit of one plain put that is not encrypted. Its header extends to the checksum of
 *       the record (see {@link RecordFormat}), which covers the key and the rest of the record: all of the body.
 * </ul>
 */
final class FrameFormat {

    static final int KIND_MASK = 0b11;
    static final int SINGLE_PUT = 0b100;
    static final int TIME_GIVEN = 0b1000;
    static final int DURABLE_MASK = 0b11_0000;
    static final int DURABLE_ALL = 0b01_0000;
    static final int DURABLE_PART = 0b10_0000;
    static final int NEXT_SEQUENCE = 0b100_0000;
    static final int MARK = 0b1000_0000;

    static final int CHECKSUM_OFFSET = 1;
    static final int LINK_OFFSET = 5;
    static final int FIELDS_OFFSET = 7;
    static final int BODY_CHECKSUM_BYTES = Integer.BYTES;

    private static final int INT_VARINT_BYTES_MAX = 5;
    private static final int LONG_VARINT_BYTES_MAX = 10;

    /** The first frame that begins in each block of this many bytes of a segment gives its sequence; a power of two. */
    static final int BLOCK_BYTES = 1 << 12;

    /** Stands for a sequence that is one more than that of the frame before. */
    static final long SEQUENCE_NOT_GIVEN = Long.MIN_VALUE;

    /** Sequence, body length and operations of one byte each. */
    static final int HEADER_BYTES_LEAST = FIELDS_OFFSET + 3 + BODY_CHECKSUM_BYTES;

    /** Maximum length of a header; for a single put, of the part before the length of the key. */
    static final int HEADER_BYTES_MAX =
            FIELDS_OFFSET + 2 * LONG_VARINT_BYTES_MAX + 3 * INT_VARINT_BYTES_MAX + BODY_CHECKSUM_BYTES;

    /** Maximum length of a key. */
    static final int KEY_BYTES_MAX = 0xFFFF;

    /** Maximum length of the header of a single put. */
    static final int SINGLE_PUT_HEADER_BYTES_MAX = HEADER_BYTES_MAX + 2 * INT_VARINT_BYTES_MAX + KEY_BYTES_MAX;

    static final int FOOTER_BODY_BYTES = SegmentFigures.BYTES + 1;
    static final int FOOTER_BYTES_MAX = HEADER_BYTES_MAX + FOOTER_BODY_BYTES;

    /** Stands for a time that is neither given nor known. */
    static final long UNKNOWN_TIME = Long.MIN_VALUE;

    private static final int LINK_MASK = 0xFFFF;

    private FrameFormat() {}

    /** Returns the link of the frame that follows a frame with this checksum. */
    static int link(int checksum) {
        return checksum & LINK_MASK;
    }

    /** Returns whether a frame that begins with this byte is that of a commit. */
    static boolean isStartOfCommit(int start) {
        return (start & (MARK | KIND_MASK)) == (MARK | FrameKind.COMMIT.code());
    }

    /**
     * Returns what binds frames to their segment: the header checksum covers this, the offset of the frame, and the
     * header.
     */
    static byte[] binding(UUID storeId, int segmentId) {
        return new ByteWriter(2 * Long.BYTES + Integer.BYTES)
                .putUuid(storeId)
                .putInt(segmentId)
                .toByteArray();
    }

    static boolean isSameBlock(int offset, int otherOffset) {
        return offset / BLOCK_BYTES == otherOffset / BLOCK_BYTES;
    }

    static long encodeTime(long timeMillis, long createdAtMillis) {
        long since = timeMillis - createdAtMillis;
        return since << 1 ^ since >> (Long.SIZE - 1);
    }

    static long decodeTime(long encoded, long createdAtMillis) {
        return createdAtMillis + (encoded >>> 1 ^ -(encoded & 1));
    }
}
