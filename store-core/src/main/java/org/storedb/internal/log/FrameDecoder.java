package org.storedb.internal.log;

import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;

/**
 * Tells frames of one segment from other bytes. Whatever the bytes are, nothing is thrown: most of what it is asked about
 * while damage is passed over is no frame. For one thread.
 */
final class FrameDecoder {

    private final FrameChecksum checksum;
    private final CRC32C crc = new CRC32C();
    private final long createdAtMillis;

    private byte[] bytes = {};
    private int position;
    private int limit;
    private boolean valid;

    /**
     * A decoder for a segment.
     *
     * @param createdAtMillis when the segment was created; 0 if its header is lost, and with it the times of its frames
     */
    FrameDecoder(UUID storeId, int segmentId, long createdAtMillis) {
        this.checksum = new FrameChecksum(storeId, segmentId);
        this.createdAtMillis = createdAtMillis;
    }

    /**
     * The header at {@code source[at]}, which ends by {@code end}, or {@code null} if there is none.
     *
     * @param offset where it stands in the segment
     */
    @Nullable
    FrameHeader header(byte[] source, int at, int end, int offset) {
        FrameKind kind = end - at < FrameFormat.HEADER_BYTES_LEAST ? null : kindOf(source[at]);
        if (kind == null) {
            return null;
        }
        bytes = source;
        position = at + FrameFormat.FIELDS_OFFSET;
        limit = end - FrameFormat.BODY_CHECKSUM_BYTES;
        valid = true;
        int start = source[at];
        boolean singlePut = (start & FrameFormat.SINGLE_PUT) != 0;
        int bodyBytes = intVarint();
        long sequence = varint();
        long timeMillis = timeMillis(start);
        int durableUpTo = durableUpTo(start, offset);
        int treeId = singlePut ? intVarint() : 0;
        int keyBytesOrOperations = intVarint();
        int headerEnd = position + FrameFormat.BODY_CHECKSUM_BYTES;
        if (!valid || (singlePut && keyBytesOrOperations > bodyBytes)) {
            return null;
        }
        ByteReader fixed = new ByteReader(source, at + FrameFormat.CHECKSUM_OFFSET, end - at - 1);
        int stored = fixed.readInt();
        int link = fixed.readShort();
        if (stored != checksum.of(source, at, headerEnd, offset)) {
            return null;
        }
        return new FrameHeader(
                kind,
                sequence,
                timeMillis,
                durableUpTo,
                singlePut ? 1 : keyBytesOrOperations,
                treeId,
                singlePut ? keyBytesOrOperations : FrameHeader.NO_SINGLE_PUT,
                bodyBytes,
                link,
                new ByteReader(source, position, FrameFormat.BODY_CHECKSUM_BYTES).readInt(),
                stored,
                headerEnd - at);
    }

    /** Whether the body that stands at {@code source[at]} is the one that belongs to a header. */
    boolean isBodyOf(FrameHeader header, byte[] source, int at) {
        crc.reset();
        if (header.isSinglePut()) {
            int recordBytes = header.bodyBytes() - header.keyBytes();
            crc.update(source, at + recordBytes, header.keyBytes());
            crc.update(source, at, recordBytes);
        } else {
            crc.update(source, at, header.bodyBytes());
        }
        return (int) crc.getValue() == header.bodyChecksum();
    }

    /** The kind of frame that begins with this byte, or {@code null} if none does. */
    private static @Nullable FrameKind kindOf(int start) {
        boolean possible = (start & FrameFormat.MARK_MASK) == FrameFormat.MARK
                && (start & FrameFormat.DURABLE_MASK) != FrameFormat.DURABLE_MASK
                && ((start & FrameFormat.SINGLE_PUT) == 0 || FrameFormat.isStartOfCommit(start));
        return possible ? FrameKind.of(start & FrameFormat.KIND_MASK) : null;
    }

    private long timeMillis(int start) {
        return (start & FrameFormat.TIME_GIVEN) == 0
                ? FrameFormat.UNKNOWN_TIME
                : FrameFormat.decodeTime(varint(), createdAtMillis);
    }

    private int durableUpTo(int start, int offset) {
        return switch (start & FrameFormat.DURABLE_MASK) {
            case FrameFormat.DURABLE_ALL -> offset;
            case FrameFormat.DURABLE_PART -> offset - intVarint();
            default -> 0;
        };
    }

    private int intVarint() {
        long value = varint();
        valid &= value >= 0 && value <= Integer.MAX_VALUE;
        return (int) value;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && position < limit; shift += 7) {
            int next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        valid = false;
        return 0;
    }
}
