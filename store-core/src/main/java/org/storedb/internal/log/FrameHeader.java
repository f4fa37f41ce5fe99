package org.storedb.internal.log;

/**
 * The contents of a frame's header, see {@link FrameFormat}.
 *
 * @param sequence {@link FrameFormat#SEQUENCE_NOT_GIVEN} if it is one more than that of the frame before
 * @param timeMillis {@link FrameFormat#UNKNOWN_TIME} if it is not given
 * @param durableUpTo all bytes of the segment before this offset were synced when the frame was written; 0 if not given
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

    /** Returns the length of header and body. */
    long frameBytes() {
        return (long) bytes + bodyBytes;
    }

    /**
     * Returns the sequence of the frame, even if the header omits it.
     *
     * @param before sequence of the frame before
     */
    long sequenceBehind(long before) {
        return hasSequence() ? sequence : before + 1;
    }

    /**
     * Returns the time of the frame in milliseconds, even if the header omits it.
     *
     * @param beforeMillis time of the frame before
     */
    long timeBehind(long beforeMillis) {
        return timeMillis == FrameFormat.UNKNOWN_TIME ? beforeMillis : timeMillis;
    }
}
