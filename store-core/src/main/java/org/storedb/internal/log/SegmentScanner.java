package org.storedb.internal.log;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.storage.StorageFile;

/**
 * Reads the frames of one segment file, in stages, from its start up to the first place that holds no valid frame; and,
 * where that is wanted, past such a place. For one thread.
 */
public final class SegmentScanner {

    /** In place of the offset of a frame. */
    static final int UNKNOWN_OFFSET = -1;

    private static final int SEARCH_WINDOW_BYTES = 1 << 16;

    private final StorageFile file;
    private final String fileName;
    private final UUID storeId;
    private final int segmentId;
    private final byte[] frameBinding;
    private SegmentCipher cipher = SegmentCipher.NONE;

    private int end;
    private long createdAtMillis;
    private int position;
    private int lastChecksum;
    private int lastOffset = UNKNOWN_OFFSET;
    private int checksumBeforeLast;
    private int offsetBeforeLast = UNKNOWN_OFFSET;
    private int frames;
    private @Nullable SegmentFigures footer;
    private boolean chainBegins; // Whether the next frame may follow anything.

    /**
     * A scanner that stands before the first frame.
     *
     * @param bytes how long the file is
     * @throws CorruptStoreException if the segment header is not that of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     * @throws WrongKeyException if it is encrypted and cannot be decrypted, or must be and is not
     */
    public SegmentScanner(StorageFile file, UUID storeId, int segmentId, long bytes, LogEncryption encryption)
            throws IOException {
        this(file, storeId, segmentId);
        cipher = encryption.open(readSegmentHeader(bytes), fileName);
    }

    /**
     * A scanner that stands before the first frame, of a segment whose cipher is known; {@link SegmentCipher#NONE} will do
     * where no operation is looked at.
     *
     * @param bytes how long the file is
     * @throws CorruptStoreException if the segment header is not that of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    public SegmentScanner(StorageFile file, UUID storeId, int segmentId, long bytes, SegmentCipher cipher)
            throws IOException {
        this(file, storeId, segmentId);
        readSegmentHeader(bytes);
        this.cipher = cipher;
    }

    private SegmentScanner(StorageFile file, UUID storeId, int segmentId) {
        this.file = file;
        this.fileName = LogFormat.segmentFileName(segmentId);
        this.storeId = storeId;
        this.segmentId = segmentId;
        this.frameBinding = LogFormat.frameBinding(storeId, segmentId);
    }

    /** How the segment is encrypted, if it is. */
    SegmentCipher cipher() {
        return cipher;
    }

    /** A scanner of a segment whose header is lost; {@link #skipDamage} finds the first frame. */
    static SegmentScanner withoutHeader(StorageFile file, UUID storeId, int segmentId) {
        SegmentScanner scanner = new SegmentScanner(file, storeId, segmentId);
        scanner.position = LogFormat.SEGMENT_HEADER_BYTES;
        scanner.chainBegins = true;
        return scanner;
    }

    /**
     * Stands behind frames that need not be read.
     *
     * @param bytes where they end
     * @param lastFrameChecksum header checksum of the last of them: what comes next has to be chained to it
     * @param frameCount how many they are, footers not counted
     */
    void startBehind(int bytes, int lastFrameChecksum, int frameCount) {
        position = bytes;
        lastChecksum = lastFrameChecksum;
        frames = frameCount;
    }

    /**
     * Hands each frame that ends by {@code newEnd} to {@code action}, in order, and stops where there is none. Footers are
     * only noted.
     */
    public void scanTo(long newEnd, FrameAction action) throws IOException {
        end = (int) Math.min(newEnd, Integer.MAX_VALUE);
        Frame frame = nextFrame();
        while (frame != null) {
            try {
                if (frame.kind() == FrameKind.FOOTER) {
                    footer = SegmentFigures.read(new ByteReader(frame.body()));
                } else {
                    footer = null;
                    frames++;
                    action.accept(frame);
                }
            } catch (MalformedBytesException e) {
                // The checksums are right, so this is no accident of the medium.
                throw new CorruptStoreException(
                        fileName, frame.offset(), fileName + " has an invalid frame at " + frame.offset(), e);
            }
            frame = nextFrame();
        }
    }

    /**
     * The header of the next frame, if that ends by {@code newEnd}; its body is not looked at.
     *
     * @return {@code null} if there is none that follows the one before
     */
    @Nullable
    Head peek(long newEnd) throws IOException {
        return headAt(position, lastChecksum, newEnd);
    }

    /** The header of the next frame that is no footer, as {@link #peek} gives it. */
    @Nullable
    Head peekContent(long newEnd) throws IOException {
        Head head = peek(newEnd);
        while (head != null && head.kind() == FrameKind.FOOTER) {
            head = peekBehind(head, newEnd);
        }
        return head;
    }

    /** The header of the frame behind one whose header is known, as {@link #peek} gives it. */
    @Nullable
    Head peekBehind(Head head, long newEnd) throws IOException {
        return headAt(head.end(), head.checksum(), newEnd);
    }

    private @Nullable Head headAt(int offset, int previousChecksum, long newEnd) throws IOException {
        if (newEnd - offset < LogFormat.FRAME_HEADER_BYTES) {
            return null;
        }
        FrameHeader header = headerAt(offset);
        if (header == null || header.previousChecksum() != previousChecksum) {
            return null;
        }
        long frameEnd = (long) offset + LogFormat.FRAME_HEADER_BYTES + header.bodyBytes();
        return frameEnd > newEnd
                ? null
                : new Head(header.kind(), header.sequence(), header.timeMillis(), (int) frameEnd, header.checksum());
    }

    /** Passes over a frame of which {@link #peek} has seen the header. */
    void skip(Head head) {
        position = head.end();
        lastChecksum = head.checksum();
    }

    /**
     * Reads the frame of which {@link #peek} has seen the header.
     *
     * @throws CorruptStoreException if its body is not what was written
     */
    Frame read(Head head) throws IOException {
        end = head.end();
        Frame frame = nextFrame();
        if (frame == null) {
            throw new CorruptStoreException(
                    fileName,
                    position,
                    "The frame at byte " + position + " of " + fileName
                            + " does not match its checksum; restore the directory from a backup");
        }
        return frame;
    }

    /** The footer of a sealed segment: its sequence is that of the last commit before, its time that of the sealing. */
    @Nullable
    Head peekFooter(int bytes) throws IOException {
        int at = bytes - LogFormat.FOOTER_BYTES;
        FrameHeader header = at < LogFormat.SEGMENT_HEADER_BYTES ? null : headerAt(at);
        return header == null || header.kind() != FrameKind.FOOTER
                ? null
                : new Head(header.kind(), header.sequence(), header.timeMillis(), bytes, header.checksum());
    }

    /**
     * Passes over all frames but the footer, which shows that they are there.
     *
     * @param bytes where the footer ends
     * @param checksum its header checksum
     * @return whether it is there
     */
    boolean skipToFooter(int bytes, int checksum) throws IOException {
        int at = bytes - LogFormat.FOOTER_BYTES;
        if (at < LogFormat.SEGMENT_HEADER_BYTES) {
            return false;
        }
        byte[] header = new byte[LogFormat.FRAME_HEADER_BYTES];
        file.read(at, header, 0, header.length);
        FrameHeader found = headerAt(header, 0);
        if (found == null || found.checksum() != checksum || found.kind() != FrameKind.FOOTER) {
            return false;
        }
        position = at;
        lastChecksum = found.previousChecksum();
        scanTo(bytes, frame -> {});
        if (footer == null) {
            return false;
        }
        frames = footer.frames();
        return true;
    }

    /** Whether the last frame is a footer that tells of as many frames as there are. */
    boolean endsWithFooter() {
        return footer != null && footer.frames() == frames;
    }

    /** The figures in the footer, or {@code null} if the last frame is none. */
    @Nullable
    SegmentFigures footer() {
        return footer;
    }

    /** Where the valid frames end. */
    public int validBytes() {
        return position;
    }

    /** Header checksum of the last valid frame, or that of the segment header. */
    public int lastFrameChecksum() {
        return lastChecksum;
    }

    /** Where the frames end that are no footer: a footer may be taken back as long as no manifest calls it one. */
    End endWithoutFooter() {
        return footer == null
                ? new End(position, lastChecksum, lastOffset)
                : new End(lastOffset, checksumBeforeLast, offsetBeforeLast);
    }

    /** Whether there is a frame with this header checksum at this place. */
    boolean hasFrame(int offset, int checksum) throws IOException {
        byte[] header = new byte[LogFormat.FRAME_HEADER_BYTES];
        file.read(offset, header, 0, header.length);
        FrameHeader found = headerAt(header, 0);
        return found != null && found.checksum() == checksum;
    }

    /** Whether something has been written where the valid frames end. */
    boolean hasBytesBehindEnd() throws IOException {
        byte[] behind = new byte[Math.max(0, Math.min(LogFormat.FRAME_HEADER_BYTES, end - position))];
        file.read(position, behind, 0, behind.length);
        for (byte each : behind) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Goes on behind the place where {@link #scanTo} stopped: to the next frame whose header is whole, wherever it is
     * before the end that was given last. Whether its body is whole, the next {@link #scanTo} tells.
     *
     * @return what was passed over; its end is that of the last {@link #scanTo} if there is no other frame
     */
    public Gap skipDamage() throws IOException {
        int from = position;
        FrameHeader broken = from + LogFormat.FRAME_HEADER_BYTES <= end ? headerAt(from) : null;
        if (broken != null && !chainBegins && broken.previousChecksum() != lastChecksum) {
            lastChecksum = broken.previousChecksum(); // Whole, but the one before it is not there.
            return new Gap(from, from, null);
        }
        // What is in the body of a frame may look like a frame, and is none.
        long bodyEnd = broken == null ? from : (long) from + LogFormat.FRAME_HEADER_BYTES + broken.bodyBytes();
        int searchFrom = broken == null || bodyEnd > end ? from + 1 : (int) bodyEnd;
        int found = find(searchFrom, header -> true);
        position = found < 0 ? end : found;
        if (found >= 0) {
            lastChecksum = Objects.requireNonNull(headerAt(found)).previousChecksum();
            chainBegins = false;
        }
        return new Gap(from, position, broken == null || bodyEnd > end ? null : unverified(broken, from));
    }

    private Frame unverified(FrameHeader header, int at) throws IOException {
        int bodyOffset = at + LogFormat.FRAME_HEADER_BYTES;
        byte[] body = new byte[header.bodyBytes()];
        file.read(bodyOffset, body, 0, body.length);
        return new Frame(
                header.kind(),
                header.sequence(),
                header.timeMillis(),
                header.operations(),
                at,
                bodyOffset,
                body,
                cipher);
    }

    /**
     * A part of a segment that holds no valid frame.
     *
     * @param from where it begins; no byte is missing if it is {@code to}, only a frame before
     * @param frame the frame there if its header is whole; its body does not match its checksum
     */
    public record Gap(int from, int to, @Nullable Frame frame) {}

    /**
     * Looks behind the end of the valid frames for one that was written when the place where they end was durable
     * already. A torn tail has none: there, whatever was written after the place was not synced either.
     *
     * @return the offset of such a frame, or -1
     */
    int findProofOfDamage() throws IOException {
        return find(position, header -> header.durableUpTo() > position);
    }

    /** The offset of the first frame header from {@code from} on that is whole and meets a condition, or -1. */
    private int find(int from, Predicate<FrameHeader> condition) throws IOException {
        byte[] window = new byte[SEARCH_WINDOW_BYTES];
        int step = SEARCH_WINDOW_BYTES - LogFormat.FRAME_HEADER_BYTES;
        long searchEnd = Math.min(end, UnusedEnd.start(file, from) + LogFormat.FRAME_HEADER_BYTES);
        for (long start = from; start + LogFormat.FRAME_HEADER_BYTES <= searchEnd; start += step) {
            int length = (int) Math.min(SEARCH_WINDOW_BYTES, searchEnd - start);
            file.read(start, window, 0, length);
            for (int at = 0; at + LogFormat.FRAME_HEADER_BYTES <= length; at++) {
                if (window[at] == (byte) (LogFormat.FRAME_MAGIC >>> 24)) {
                    FrameHeader header = headerAt(window, at);
                    if (header != null && condition.test(header)) {
                        return (int) start + at;
                    }
                }
            }
        }
        return -1;
    }

    /** When the segment was begun, since 1970-01-01 UTC. */
    long createdAtMillis() {
        return createdAtMillis;
    }

    private SegmentHeader readSegmentHeader(long bytes) throws IOException {
        SegmentHeader header = SegmentHeader.read(file, bytes);
        if (header == null) {
            throw damagedHeader("The header of " + fileName + " is damaged");
        }
        if (header.segmentId() != segmentId || !header.storeId().equals(storeId)) {
            throw damagedHeader(fileName + " is segment " + header.segmentId() + " of store " + header.storeId()
                    + ", not segment " + segmentId + " of store " + storeId);
        }
        lastChecksum = header.checksum();
        position = header.bytes();
        createdAtMillis = header.createdAtMillis();
        return header;
    }

    private CorruptStoreException damagedHeader(String what) {
        return new CorruptStoreException(
                fileName, 0, what + "; nothing was changed, restore the directory from a backup");
    }

    private @Nullable Frame nextFrame() throws IOException {
        if (end - position < LogFormat.FRAME_HEADER_BYTES) {
            return null;
        }
        FrameHeader header = headerAt(position);
        int bodyOffset = position + LogFormat.FRAME_HEADER_BYTES;
        boolean follows = header != null && (chainBegins || header.previousChecksum() == lastChecksum);
        if (header == null || !follows || header.bodyBytes() > end - bodyOffset) {
            return null;
        }
        byte[] body = new byte[header.bodyBytes()];
        file.read(bodyOffset, body, 0, body.length);
        if (LogFormat.checksum(body, 0, body.length) != header.bodyChecksum()) {
            return null;
        }
        Frame frame = new Frame(
                header.kind(),
                header.sequence(),
                header.timeMillis(),
                header.operations(),
                position,
                bodyOffset,
                body,
                cipher);
        checksumBeforeLast = lastChecksum;
        offsetBeforeLast = lastOffset;
        lastChecksum = header.checksum();
        chainBegins = false;
        lastOffset = position;
        position = bodyOffset + body.length;
        return frame;
    }

    private @Nullable FrameHeader headerAt(int offset) throws IOException {
        byte[] bytes = new byte[LogFormat.FRAME_HEADER_BYTES];
        file.read(offset, bytes, 0, bytes.length);
        return headerAt(bytes, 0);
    }

    /** The frame header in {@code bytes} at {@code at}, or {@code null} if there is no valid one. */
    private @Nullable FrameHeader headerAt(byte[] bytes, int at) {
        ByteReader reader = new ByteReader(bytes, at, LogFormat.FRAME_HEADER_BYTES);
        if (reader.readInt() != LogFormat.FRAME_MAGIC) {
            return null;
        }
        int checksum = reader.readInt();
        if (checksum != LogFormat.frameChecksum(frameBinding, bytes, at)) {
            return null;
        }
        FrameKind kind = FrameKind.of(reader.readInt() >>> 24);
        int bodyBytes = reader.readInt();
        if (kind == null || bodyBytes < 0) {
            return null;
        }
        return new FrameHeader(
                kind,
                bodyBytes,
                reader.readLong(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readInt(),
                reader.readInt(),
                checksum);
    }

    private record FrameHeader(
            FrameKind kind,
            int bodyBytes,
            long sequence,
            long timeMillis,
            int durableUpTo,
            int operations,
            int previousChecksum,
            int bodyChecksum,
            int checksum) {}

    /**
     * What the header of a frame says.
     *
     * @param end where the frame ends in the segment
     * @param checksum of the header
     */
    record Head(FrameKind kind, long sequence, long timeMillis, int end, int checksum) {}

    /**
     * An end of frames.
     *
     * @param bytes where they end
     * @param lastChecksum header checksum of the last of them, or that of the segment header
     * @param lastOffset where that begins; {@link #UNKNOWN_OFFSET} if it was not read by this scanner
     */
    record End(int bytes, int lastChecksum, int lastOffset) {}
}
