package org.storedb.internal.log;

import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;

/** A frame that was read and verified. Immutable. */
public final class Frame {

    private final FrameHeader header;
    private final long sequence;
    private final long timeMillis;
    private final int offset;
    private final byte[] bytes;
    private final int start;
    private final SegmentCipher cipher;

    /**
     * Creates a frame.
     *
     * @param offset where the header begins in the segment
     * @param bytes contains the frame at {@code start}; must not change any more
     * @param cipher how the segment that contains the frame is encrypted
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

    /**
     * Returns the sequence of the commit; for a relocation, the highest one in it. After damage it may be lower than
     * the original.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * Returns when the frame was written, since 1970-01-01 UTC. After damage it may be the time of an earlier frame.
     */
    public long timeMillis() {
        return timeMillis;
    }

    /** Returns the number of operations. */
    public int operations() {
        return header.operations();
    }

    /** Returns where the header begins in the segment. */
    public int offset() {
        return offset;
    }

    /** Returns where the body begins in the segment. */
    public int bodyOffset() {
        return offset + header.bytes();
    }

    /** Returns the length of the body. */
    public int bodyBytes() {
        return header.bodyBytes();
    }

    /** Returns the length of header and body. */
    public int bytes() {
        return header.bytes() + header.bodyBytes();
    }

    /** Returns how the segment that contains the frame is encrypted. */
    public SegmentCipher cipher() {
        return cipher;
    }

    /** Returns the record of an operation, as stored. */
    public byte[] record(int recordOffset, int recordLength) {
        int from = start + recordOffset - offset;
        return Arrays.copyOfRange(bytes, from, from + recordLength);
    }

    /** Returns whether the body has the layout of a single put. */
    boolean isSinglePut() {
        return header.isSinglePut();
    }

    /** Returns the tree of a single put. */
    int treeId() {
        return header.treeId();
    }

    /** Returns the key of a single put. */
    byte[] key() {
        int from = start + header.keyOffset();
        return Arrays.copyOfRange(bytes, from, from + header.keyBytes());
    }

    /** Returns the body, see {@link OperationFormat}. */
    ByteReader body() {
        return new ByteReader(bytes, start + header.bytes(), header.bodyBytes());
    }
}
