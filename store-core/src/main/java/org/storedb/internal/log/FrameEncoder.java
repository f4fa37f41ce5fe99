package org.storedb.internal.log;

import java.util.UUID;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;

/** Writes the frames of one segment, each chained to the one before, see {@link FrameFormat}. For one thread. */
final class FrameEncoder {

    private static final int NOTHING_SAID = -1;

    private final FrameChecksum checksum;
    private final CRC32C crc = new CRC32C();
    private final long createdAtMillis;
    private int previousChecksum;
    private long previousTimeMillis;
    private long previousSequence = FrameFormat.SEQUENCE_NOT_GIVEN;
    private int previousOffset;
    private int durableSaid;

    /**
     * Creates an encoder that continues after a frame.
     *
     * @param createdAtMillis when the segment was created
     * @param previousChecksum header checksum of the last frame, or that of the segment header
     * @param previousTimeMillis time of the last frame; {@link FrameFormat#UNKNOWN_TIME} if it is not known
     */
    FrameEncoder(UUID storeId, int segmentId, long createdAtMillis, int previousChecksum, long previousTimeMillis) {
        this.checksum = new FrameChecksum(storeId, segmentId);
        this.createdAtMillis = createdAtMillis;
        this.previousChecksum = previousChecksum;
        this.previousTimeMillis = previousTimeMillis;
    }

    /** Returns the header checksum of the last frame, or that of the segment header. */
    int lastChecksum() {
        return previousChecksum;
    }

    /** Returns the time of the last frame, or {@link FrameFormat#UNKNOWN_TIME}. */
    long lastTimeMillis() {
        return previousTimeMillis;
    }

    /** Goes back to an earlier frame, discarding all frames after it. */
    void restart(int checksumOfLast) {
        previousChecksum = checksumOfLast;
        previousTimeMillis = FrameFormat.UNKNOWN_TIME;
        previousSequence = FrameFormat.SEQUENCE_NOT_GIVEN;
        durableSaid = NOTHING_SAID;
    }

    /**
     * Adds a frame of operations; afterwards the body knows where its records are.
     *
     * @param offset where it begins in the segment
     * @param durableUpTo all bytes of the segment before this offset are durable
     * @param salt not used by any other frame of the segment
     */
    void write(
            ByteWriter target,
            int offset,
            long sequence,
            long timeMillis,
            int durableUpTo,
            FrameBody body,
            SegmentCipher cipher,
            long salt) {
        int start = target.size();
        FrameBody.Operation single = body.singlePut(cipher.isEncrypting());
        boolean timeGiven = timeMillis != previousTimeMillis;
        int shape = single == null ? 0 : FrameFormat.SINGLE_PUT | sequenceShape(sequence, offset);
        begin(target, offset, body.kind().code() | shape, sequence, timeMillis, timeGiven, durableUpTo);
        previousSequence = body.kind() == FrameKind.COMMIT ? sequence : FrameFormat.SEQUENCE_NOT_GIVEN;
        previousOffset = offset;
        if (single == null) {
            target.putVarint(body.bytes(cipher.isEncrypting())).putVarint(body.operations());
            target.skip(FrameFormat.BODY_CHECKSUM_BYTES);
            int bodyStart = target.size();
            body.write(target, cipher, salt, offset + bodyStart - start, sequence);
            end(target, start, offset, bodyStart);
        } else {
            target.putVarint(single.treeId());
            body.write(target, cipher, salt, offset + target.size() - start, sequence);
            int recordStart = start + body.recordOffset(0) - offset;
            seal(target, start, offset, recordStart + FrameFormat.BODY_CHECKSUM_BYTES);
        }
    }

    /** Adds the footer, a frame with the figures of all others, which is not encrypted. */
    void writeFooter(
            ByteWriter target, int offset, long sequence, long timeMillis, int durableUpTo, SegmentFigures figures) {
        int start = target.size();
        begin(target, offset, FrameKind.FOOTER.code(), sequence, timeMillis, true, durableUpTo);
        previousSequence = FrameFormat.SEQUENCE_NOT_GIVEN;
        target.putVarint(FrameFormat.FOOTER_BODY_BYTES).putVarint(0).skip(FrameFormat.BODY_CHECKSUM_BYTES);
        int bodyStart = target.size();
        figures.write(target);
        target.putByte(target.size() + 1 - start);
        end(target, start, offset, bodyStart);
    }

    private int sequenceShape(long sequence, int offset) {
        boolean next = sequence == previousSequence + 1 && FrameFormat.isSameBlock(offset, previousOffset);
        return next ? FrameFormat.NEXT_SEQUENCE : 0;
    }

    private void begin(
            ByteWriter target,
            int offset,
            int kindAndShape,
            long sequence,
            long timeMillis,
            boolean timeGiven,
            int durableUpTo) {
        boolean durableGiven = durableUpTo != durableSaid && durableUpTo != offset;
        boolean durableAll = durableUpTo != durableSaid && durableUpTo == offset;
        target.putByte(FrameFormat.MARK
                | kindAndShape
                | (timeGiven ? FrameFormat.TIME_GIVEN : 0)
                | (durableGiven ? FrameFormat.DURABLE_PART : 0)
                | (durableAll ? FrameFormat.DURABLE_ALL : 0));
        target.putInt(0).putShort(FrameFormat.link(previousChecksum));
        if ((kindAndShape & FrameFormat.NEXT_SEQUENCE) == 0) {
            target.putVarint(sequence);
        }
        if (timeGiven) {
            target.putVarint(FrameFormat.encodeTime(timeMillis, createdAtMillis));
        }
        if (durableGiven) {
            target.putVarint(offset - durableUpTo);
        }
        previousTimeMillis = timeMillis;
        durableSaid = durableUpTo;
    }

    private void end(ByteWriter target, int start, int offset, int bodyStart) {
        crc.reset();
        crc.update(target.array(), bodyStart, target.size() - bodyStart);
        target.setInt(bodyStart - FrameFormat.BODY_CHECKSUM_BYTES, (int) crc.getValue());
        seal(target, start, offset, bodyStart);
    }

    private void seal(ByteWriter target, int start, int offset, int headerEnd) {
        previousChecksum = checksum.of(target.array(), start, headerEnd, offset);
        target.setInt(start + FrameFormat.CHECKSUM_OFFSET, previousChecksum);
    }
}
