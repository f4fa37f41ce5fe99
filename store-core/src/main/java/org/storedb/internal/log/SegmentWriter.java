package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * Appends frames to one segment: collects them, then writes them with one call. Appending and flushing are for one
 * thread at a time; {@link #sync()} may run concurrently.
 */
final class SegmentWriter implements Closeable {

    private static final int BUFFER_KEPT_BYTES = 1 << 20;
    private static final End NOTHING = new End(0, 0, SegmentFigures.NONE);

    private final Segment segment;
    private final FrameEncoder frames;
    private final int capacityBytes;
    private final ByteWriter buffer = new ByteWriter(8192);
    private volatile End flushed; // Without the footer, which may be taken back.
    private volatile End durable;
    private long nextSalt;
    private boolean hasFooter;
    private volatile int durableBytes;

    private SegmentWriter(Segment segment, FrameEncoder frames, int capacityBytes, long firstSalt, int durableBytes) {
        this.segment = segment;
        this.frames = frames;
        this.capacityBytes = capacityBytes;
        this.flushed = new End(segment.bytes(), frames.lastChecksum(), segment.figures());
        this.durable = durableBytes == segment.bytes() ? flushed : NOTHING;
        this.nextSalt = firstSalt;
        this.durableBytes = durableBytes;
    }

    /** Creates a segment with its header, which is not durable yet. */
    static SegmentWriter create(
            StorageDirectory directory,
            UUID storeId,
            int id,
            LogEncryption encryption,
            int capacityBytes,
            long timeMillis)
            throws IOException {
        SegmentCipher cipher = encryption.begin(storeId, id);
        ByteWriter header = new ByteWriter(LogFormat.SEGMENT_HEADER_BYTES_MAX);
        int checksum = SegmentHeader.write(header, id, storeId, timeMillis, cipher);
        String name = LogFormat.segmentFileName(id);
        StorageFile file = directory.create(name, capacityBytes);
        try {
            file.write(0, header.array(), 0, header.size());
            Segment segment = new Segment(id, file, cipher, header.size(), false);
            FrameEncoder frames = new FrameEncoder(storeId, id, timeMillis, checksum, timeMillis);
            return new SegmentWriter(segment, frames, capacityBytes, encryption.newSalt(), 0);
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, file);
            Closing.after(e, () -> directory.delete(name));
            throw e;
        }
    }

    /** Returns a writer that continues a segment all of whose bytes are durable. */
    static SegmentWriter resume(Segment segment, FrameEncoder frames, LogEncryption encryption, int capacityBytes)
            throws IOException {
        if (segment.file().size() < capacityBytes) {
            segment.file().resize(capacityBytes);
        }
        return new SegmentWriter(segment, frames, capacityBytes, encryption.newSalt(), segment.bytes());
    }

    Segment segment() {
        return segment;
    }

    /** Returns the manifest entry for the segment with all that was appended, which has to be durable. */
    Manifest.Entry manifestEntry(boolean sealed) {
        return new Manifest.Entry(segment.id(), sealed, segment.bytes(), frames.lastChecksum());
    }

    /** Returns the manifest entry for a segment that is being appended to: with the commits that are durable by now. */
    Manifest.Entry durableEntry() {
        End end = durable;
        return new Manifest.Entry(segment.id(), false, end.bytes(), end.checksum());
    }

    /** Returns whether a frame with this body fits, with the footer after it. */
    boolean hasRoomFor(FrameBody body) {
        int bodyBytes = body.bytes(segment.cipher().isEncrypting());
        long frameBytes = FrameFormat.HEADER_BYTES_MAX + (long) bodyBytes;
        return position() + frameBytes + FrameFormat.FOOTER_BYTES_MAX <= capacityBytes;
    }

    /** Returns the header checksum of the last frame, or that of the segment header. */
    int lastFrameChecksum() {
        return frames.lastChecksum();
    }

    /**
     * Returns the time of the last frame; {@link FrameFormat#UNKNOWN_TIME} if it is not known, in which case the next
     * frame gives its own.
     */
    long lastTimeMillis() {
        return frames.lastTimeMillis();
    }

    /** Adds a frame to what the next {@link #flush()} writes; afterwards the body knows where its records are. */
    void append(long sequence, long timeMillis, FrameBody body) {
        frames.write(buffer, position(), sequence, timeMillis, durableBytes, body, segment.cipher(), nextSalt++);
    }

    /**
     * Adds the footer, a frame with the figures of all others, after which nothing is appended. It is not encrypted.
     */
    void appendFooter(long sequence, long timeMillis) {
        frames.writeFooter(buffer, position(), sequence, timeMillis, durableBytes, segment.figures());
        hasFooter = true;
    }

    /** Hands the collected frames to the operating system. */
    void flush() throws IOException {
        if (buffer.size() > 0) {
            segment.file().write(segment.bytes(), buffer.array(), 0, buffer.size());
            segment.grownTo(position());
            if (!hasFooter) {
                flushed = new End(segment.bytes(), frames.lastChecksum(), segment.figures());
            }
            buffer.reset(BUFFER_KEPT_BYTES);
        }
    }

    /** Returns the end of what was flushed. */
    End end() {
        return flushed;
    }

    /**
     * Takes back the frames after {@code end}: those that are collected, those that were flushed, and what a failed
     * flush has written. They are gone from the medium, too, when this returns: none can reappear after a crash.
     */
    void cutBack(End end) throws IOException {
        buffer.reset(BUFFER_KEPT_BYTES);
        frames.restart(end.checksum());
        hasFooter = false;
        flushed = end;
        segment.grownTo(end.bytes());
        segment.setFigures(end.figures());
        segment.file().resize(end.bytes());
        segment.file().resize(capacityBytes);
        segment.file().sync();
        durableBytes = end.bytes();
        durable = end;
    }

    /**
     * A position between two frames.
     *
     * @param bytes offset in the segment
     * @param checksum header checksum of the frame before
     * @param figures the figures of the frames before
     */
    record End(int bytes, int checksum, SegmentFigures figures) {}

    /** Makes what has been flushed durable. */
    void sync() throws IOException {
        End end = flushed;
        int bytes = segment.bytes();
        segment.file().sync();
        durableBytes = bytes;
        durable = end;
    }

    /** Returns the end of the durable part. */
    int durableBytes() {
        return durableBytes;
    }

    /** Returns whether something that was flushed is not durable yet. */
    boolean needsSync() {
        return segment.bytes() > durableBytes;
    }

    /** Cuts off the unused rest of the file, if the file system allows it, and ends writing. */
    @Override
    public void close() throws IOException {
        try {
            segment.file().resize(segment.bytes());
        } catch (IOException e) {
            // Some systems cannot truncate a mapped file. The rest is zeros and does no harm.
            System.getLogger(SegmentWriter.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot cut off the unused end of " + segment.fileName(), e);
        }
        segment.file().close();
    }

    /** Returns the bytes that the next {@link #flush()} writes. */
    int collectedBytes() {
        return buffer.size();
    }

    private int position() {
        return segment.bytes() + buffer.size();
    }
}
