package org.storedb.internal.log;

import java.io.IOException;
import java.util.UUID;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A segment made by hand: every checksum in it is right, whatever it says. */
public final class SegmentBytes {

    private final UUID storeId;
    private final int segmentId;
    private final ByteWriter bytes = new ByteWriter();
    private int previousChecksum;

    public SegmentBytes(UUID storeId, int segmentId) {
        this(storeId, segmentId, 0);
    }

    SegmentBytes(UUID storeId, int segmentId, long createdAtMillis) {
        this.storeId = storeId;
        this.segmentId = segmentId;
        this.previousChecksum = SegmentHeader.write(bytes, segmentId, storeId, createdAtMillis, SegmentCipher.NONE);
    }

    /** Adds a frame, chained to the one before. */
    public SegmentBytes frame(int kind, long sequence, int operations, byte[] body) {
        return frame(kind, sequence, operations, body, body.length, 0);
    }

    /** Adds a frame that says of itself how long its body is, and how much was durable before it. */
    SegmentBytes frame(int kind, long sequence, int operations, byte[] body, int bodyBytes, int durableUpTo) {
        int start = bytes.size();
        int durable = durableUpTo == 0 ? 0 : FrameFormat.DURABLE_PART;
        bytes.putByte(FrameFormat.MARK | kind | durable).putInt(0).putShort(FrameFormat.link(previousChecksum));
        bytes.putVarint(sequence);
        if (durableUpTo != 0) {
            bytes.putVarint(start - durableUpTo);
        }
        bytes.putVarint(bodyBytes).putVarint(operations).putInt(LogFormat.checksum(body, 0, body.length));
        previousChecksum = new FrameChecksum(storeId, segmentId).of(bytes.array(), start, bytes.size(), start);
        bytes.setInt(start + FrameFormat.CHECKSUM_OFFSET, previousChecksum);
        bytes.putBytes(body);
        return this;
    }

    /** Adds a commit that deletes one key. */
    SegmentBytes commit(long sequence) {
        return frame(FrameKind.COMMIT.code(), sequence, 1, new byte[] {OperationFormat.DELETE, 1, 1, 'k'});
    }

    /** Adds a commit that puts nothing under a key. */
    SegmentBytes emptyPut(long sequence, byte[] key, int durableUpTo) {
        FrameBody body = FrameBody.ofCommit();
        body.put(1, key, RecordFormat.Content.of(0, 0, new byte[0]));
        FrameEncoder encoder = new FrameEncoder(storeId, segmentId, 0, previousChecksum, FrameFormat.UNKNOWN_TIME);
        encoder.write(bytes, bytes.size(), sequence, 0, durableUpTo, body, SegmentCipher.NONE, 0);
        previousChecksum = encoder.lastChecksum();
        return this;
    }

    /** Adds a footer that tells of so many frames. */
    SegmentBytes footer(int frames) {
        ByteWriter body = new ByteWriter();
        new SegmentFigures(frames, 0, frames, 0, Long.MAX_VALUE, frames, 0).write(body);
        body.putByte(FrameFormat.HEADER_BYTES_LEAST + body.size() + 1);
        return frame(FrameKind.FOOTER.code(), frames, 0, body.toByteArray());
    }

    /** The next frame says that it follows a frame which is not there. */
    SegmentBytes loseFrame() {
        previousChecksum++;
        return this;
    }

    /** Adds what is no frame. */
    SegmentBytes garbage(int length) {
        for (int i = 0; i < length; i++) {
            bytes.putByte('x');
        }
        return this;
    }

    /** Adds room that was never written to. */
    SegmentBytes zeros(int length) {
        bytes.putBytes(new byte[length]);
        return this;
    }

    SegmentBytes flip(int offset) {
        bytes.array()[offset] ^= 1;
        return this;
    }

    public int size() {
        return bytes.size();
    }

    /** Header checksum of the last frame. */
    int lastChecksum() {
        return previousChecksum;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    StorageFile file() throws IOException {
        StorageFile file = new MemoryDirectory().create("segment", 0);
        file.write(0, bytes.array(), 0, bytes.size());
        return file;
    }

    /** Puts it into a directory, in place of what has its name. */
    void writeTo(StorageDirectory directory) throws IOException {
        TestLogs.write(directory, LogFormat.segmentFileName(segmentId), toByteArray());
    }

    /** What a manifest says of all of it. */
    Manifest.Entry entry(boolean sealed) {
        return new Manifest.Entry(segmentId, sealed, size(), previousChecksum);
    }

    /** As a segment that nothing is appended to any more. */
    public Segment sealed() throws IOException {
        return new Segment(segmentId, file(), SegmentCipher.NONE, size(), true);
    }

    SegmentScanner scanner() throws IOException {
        return new SegmentScanner(file(), storeId, segmentId, size(), SegmentCipher.NONE);
    }
}
