package org.storedb.internal.log;

/** Frames that are in no segment. */
final class TestFrames {

    private TestFrames() {}

    /** A frame with these bytes as its body, which begins at {@code bodyOffset}. */
    static Frame of(FrameKind kind, long sequence, int operations, byte[] body, int bodyOffset, SegmentCipher cipher) {
        int headerBytes = FrameFormat.HEADER_BYTES_LEAST;
        FrameHeader header =
                new FrameHeader(kind, sequence, 0, 0, operations, 0, 0, 0, body.length, 0, 0, 0, headerBytes);
        byte[] bytes = new byte[headerBytes + body.length];
        System.arraycopy(body, 0, bytes, headerBytes, body.length);
        return new Frame(header, sequence, 0, bodyOffset - headerBytes, bytes, 0, cipher);
    }
}
