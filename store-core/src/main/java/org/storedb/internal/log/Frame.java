package org.storedb.internal.log;

import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;

/** One frame as it was read and verified. Immutable. */
public final class Frame {

    private final FrameHeader header;
    private final long sequence;
    private final long timeMillis;
    private final int offset;
    private final byte[] bytes;
    private final int start;
    private final SegmentCipher cipher;

    /**
     * A frame.
     *
     * @param offset where its header begins in the segment
     * @param bytes it stands at {@code start} there; not changed any more
     * @param cipher how the segment that it was read from is encrypted
     */
    Frame(
            FrameHeader header,
            long sequence,
            long timeMillis,
            int offset,
            byte[] bytes,
            int start,
            SegmentCipher cipher) {
        this.header = header;
        this.sequence = sequence;
        this.timeMillis = timeMillis;
        this.offset = offset;
        this.bytes = bytes;
        this.start = start;
        this.cipher = cipher;
    }

    public FrameKind kind() {
        return header.kind();
    }

    /** Of the commit; of a relocation, the highest one in it. Behind damage it may be lower than it was. */
    public long sequence() {
        return sequence;
    }

    /**
     * When it was written, since 1970-01-01 UTC. Of a frame behind damage it may be the time of an earlier one.
     */
    public long timeMillis() {
        return timeMillis;
    }

    /** Number of operations. */
    public int operations() {
        return header.operations();
    }

    /** Where its header begins in the segment. */
    public int offset() {
        return offset;
    }

    /** Where its body begins in the segment. */
    public int bodyOffset() {
        return offset + header.bytes();
    }

    /** Length of its body. */
    public int bodyBytes() {
        return header.bodyBytes();
    }

    /** Length of header and body. */
    public int bytes() {
        return header.bytes() + header.bodyBytes();
    }

    /** How the segment that it was read from is encrypted. */
    public SegmentCipher cipher() {
        return cipher;
    }

    /** The record of an operation, as it is stored. */
    public byte[] record(int recordOffset, int recordLength) {
        int from = start + recordOffset - offset;
        return Arrays.copyOfRange(bytes, from, from + recordLength);
    }

    /** Whether its body is laid out as that of a single put. */
    boolean isSinglePut() {
        return header.isSinglePut();
    }

    /** The tree of a single put. */
    int treeId() {
        return header.treeId();
    }

    /** The key of a single put. */
    byte[] key() {
        int from = start + header.keyOffset();
        return Arrays.copyOfRange(bytes, from, from + header.keyBytes());
    }

    /** Its body, see {@link OperationFormat}. */
    ByteReader body() {
        return new ByteReader(bytes, start + header.bytes(), header.bodyBytes());
    }
}
