package org.storedb.internal.log;

/**
 * What the header of a frame says, see {@link FrameFormat}.
 *
 * @param sequence {@link FrameFormat#SEQUENCE_NOT_GIVEN} if it is one more than that of the frame before
 * @param timeMillis {@link FrameFormat#UNKNOWN_TIME} if it is not given
 * @param durableUpTo all bytes of the segment before this offset were synced when the frame was written; 0 if not said
 * @param operations number of operations in the body
 * @param treeId of a single put
 * @param keyOffset where the key of a single put begins in the header; 0 for any other frame
 * @param keyBytes length of the key of a single put
 * @param bodyBytes length of the body
 * @param checksum that of the header
 * @param bytes length of the header
 */
record FrameHeader(
        FrameKind kind,
        long sequence,
        long timeMillis,
        int durableUpTo,
        int operations,
        int treeId,
        int keyOffset,
        int keyBytes,
        int bodyBytes,
        int link,
        int bodyChecksum,
        int checksum,
        int bytes) {

    boolean hasSequence() {
        return sequence != FrameFormat.SEQUENCE_NOT_GIVEN;
    }

    boolean isSinglePut() {
        return keyOffset > 0;
    }

    /** Header and body. */
    long frameBytes() {
        return (long) bytes + bodyBytes;
    }

    /**
     * The sequence of the frame, which it need not give.
     *
     * @param before that of the frame before
     */
    long sequenceBehind(long before) {
        return hasSequence() ? sequence : before + 1;
    }

    /**
     * The time of the frame in milliseconds, which it need not give.
     *
     * @param beforeMillis that of the frame before
     */
    long timeBehind(long beforeMillis) {
        return timeMillis == FrameFormat.UNKNOWN_TIME ? beforeMillis : timeMillis;
    }
}
