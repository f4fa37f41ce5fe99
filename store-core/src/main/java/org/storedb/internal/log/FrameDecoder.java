package org.storedb.internal.log;

import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;

/**
 * Tells frames of one segment from other bytes. Never throws, whatever the bytes are: while damage is skipped, most of
 * what it checks is no frame. For one thread.
 */
final class FrameDecoder {

    /** Length of the record and its checksum. */
    private static final int BYTES_BEHIND_KEY = 9;

    private final FrameChecksum checksum;
    private final CRC32C crc = new CRC32C();
    private final long createdAtMillis;

    private byte[] bytes = {};
    private int position;
    private int limit;
    private boolean valid;
    private int start;
    private int bytesMissed;

    /**
     * Creates a decoder for a segment.
     *
     * @param createdAtMillis when the segment was created; 0 if its header is lost, and with it the times of its frames
     */
    FrameDecoder(UUID storeId, int segmentId, long createdAtMillis) {
        this.checksum = new FrameChecksum(storeId, segmentId);
        this.createdAtMillis = createdAtMillis;
    }

    /**
     * Returns the header at {@code source[at]}, which ends by {@code end}, or {@code null} if there is none.
     *
     * @param offset where it begins in the segment
     */
    @Nullable
    FrameHeader header(byte[] source, int at, int end, int offset) {
        bytesMissed = 0;
        start = at;
        FrameKind kind = end - at < FrameFormat.HEADER_BYTES_LEAST ? null : kindOf(source[at]);
        if (kind == null) {
            return null;
        }
        bytes = source;
        position = at + FrameFormat.FIELDS_OFFSET;
        limit = end;
        valid = true;
        int flags = source[at];
        long sequence = (flags & FrameFormat.NEXT_SEQUENCE) == 0 ? varint() : FrameFormat.SEQUENCE_NOT_GIVEN;
        long timeMillis = timeMillis(flags);
        int durableUpTo = durableUpTo(flags, offset);
        boolean singlePut = (flags & FrameFormat.SINGLE_PUT) != 0;
        int treeId = singlePut ? intVarint() : 0;
        int keyBytes = singlePut ? intVarint() : 0;
        int keyOffset = singlePut ? position - at : 0;
        skip(keyBytes, FrameFormat.KEY_BYTES_MAX);
        int bodyBytes = intVarint() - (singlePut ? FrameFormat.BODY_CHECKSUM_BYTES : 0);
        int operations = singlePut ? 1 : intVarint();
        int checksumAt = position;
        skip(FrameFormat.BODY_CHECKSUM_BYTES, FrameFormat.BODY_CHECKSUM_BYTES);
        ByteReader fixed = new ByteReader(source, at + FrameFormat.CHECKSUM_OFFSET, end - at - 1);
        int stored = fixed.readInt();
        if (!valid || bodyBytes < 0 || stored != checksum.of(source, at, position, offset)) {
            return null;
        }
        return new FrameHeader(
                kind,
                sequence,
                timeMillis,
                durableUpTo,
                operations,
                treeId,
                keyOffset,
                keyBytes,
                bodyBytes,
                fixed.readShort(),
                new ByteReader(source, checksumAt, FrameFormat.BODY_CHECKSUM_BYTES).readInt(),
                stored,
                position - at);
    }

    /**
     * Returns how many bytes the last call of {@link #header} would have needed for a header: more than there were, if
     * it is that of a single put with a long key; 0 if there is no header.
     */
    int bytesMissed() {
        return bytesMissed;
    }

    /**
     * Returns whether the body of a frame matches its header.
     *
     * @param at where the frame begins in {@code source}
     */
    boolean isBodyOf(FrameHeader header, byte[] source, int at) {
        crc.reset();
        crc.update(source, at + header.keyOffset(), header.keyBytes());
        crc.update(source, at + header.bytes(), header.bodyBytes());
        return (int) crc.getValue() == header.bodyChecksum();
    }

    /** Returns the kind of frame that begins with this byte, or {@code null} if none does. */
    private static @Nullable FrameKind kindOf(int flags) {
        boolean singlePut = (flags & FrameFormat.SINGLE_PUT) != 0;
        boolean possible = (flags & FrameFormat.MARK) != 0
                && (flags & FrameFormat.DURABLE_MASK) != FrameFormat.DURABLE_MASK
                && (singlePut ? FrameFormat.isStartOfCommit(flags) : (flags & FrameFormat.NEXT_SEQUENCE) == 0);
        return possible ? FrameKind.of(flags & FrameFormat.KIND_MASK) : null;
    }

    private long timeMillis(int flags) {
        return (flags & FrameFormat.TIME_GIVEN) == 0
                ? FrameFormat.UNKNOWN_TIME
                : FrameFormat.decodeTime(varint(), createdAtMillis);
    }

    private int durableUpTo(int flags, int offset) {
        return switch (flags & FrameFormat.DURABLE_MASK) {
            case FrameFormat.DURABLE_ALL -> offset;
            case FrameFormat.DURABLE_PART -> offset - intVarint();
            default -> 0;
        };
    }

    private void skip(int length, int lengthMax) {
        if (valid && length <= lengthMax && position + length > limit) {
            bytesMissed = position + length + BYTES_BEHIND_KEY - start;
        }
        valid &= length <= lengthMax && position + length <= limit;
        position += valid ? length : 0;
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
