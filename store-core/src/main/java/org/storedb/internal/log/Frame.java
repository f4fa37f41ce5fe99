package org.storedb.internal.log;

/**
 * One frame as it was read and verified.
 *
 * @param offset where its header begins in the segment
 * @param bodyOffset where its body begins in the segment
 * @param body its operations, see {@link OperationFormat}
 * @param cipher how the segment that it was read from is encrypted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Frame(
        FrameKind kind,
        long sequence,
        long timeMillis,
        int operations,
        int offset,
        int bodyOffset,
        byte[] body,
        SegmentCipher cipher) {}
