package org.storedb.internal.log;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.storage.StorageFile;

/**
 * Reads the frames of one segment file, in stages, from its start up to the first position without a valid frame and,
 * if requested, beyond it. For one thread.
 */
public final class SegmentScanner {

    /** Stands for the unknown offset of a frame. */
    static final int UNKNOWN_OFFSET = -1;

    private static final End NOT_READ = new End(0, 0, UNKNOWN_OFFSET, 0, FrameFormat.UNKNOWN_TIME);

    private final StorageFile file;
    private final int fileBytes;
    private final SegmentInput input;
    private final String fileName;
    private final @Nullable SegmentHeader header;
    private final FrameDecoder decoder;
    private final FrameSearch search;
    private final FrameHeads heads;
    private final SegmentCipher cipher;

    private int end;
    private int position;
    private int lastChecksum;
    private int expectedLink;
    private int lastOffset = UNKNOWN_OFFSET;
    private long lastSequence;
    private long lastTimeMillis;
    private End beforeLast = NOT_READ;
    private int frames;
    private @Nullable SegmentFigures footer;
    private boolean chainBegins; // Whether the next frame may follow any other.

    /**
     * Creates a scanner positioned before the first frame.
     *
     * @param bytes length of the file
     * @throws CorruptStoreException if the header is not that of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     * @throws WrongKeyException if it is encrypted and cannot be decrypted, or must be and is not
     */
    public SegmentScanner(StorageFile file, UUID storeId, int segmentId, long bytes, LogEncryption encryption)
            throws IOException {
        this(file, storeId, segmentId, bytes, SegmentHeader.require(file, storeId, segmentId, bytes), encryption);
    }

    /**
     * Creates a scanner positioned before the first frame, for a segment whose cipher is known;
     * {@link SegmentCipher#NONE} is sufficient if no operation is read.
     *
     * @param bytes length of the file
     * @throws CorruptStoreException if the header is not that of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    public SegmentScanner(StorageFile file, UUID storeId, int segmentId, long bytes, SegmentCipher cipher)
            throws IOException {
        this(file, storeId, segmentId, bytes, SegmentHeader.require(file, storeId, segmentId, bytes), cipher);
    }

    /**
     * A scanner that stands before the first frame of a segment of an open log.
     *
     * @param bytes how much of it is looked at
     * @throws CorruptStoreException if the segment header is not that of this segment of this store
     */
    static SegmentScanner of(Segment segment, UUID storeId, int bytes) throws IOException {
        return new SegmentScanner(segment.file(), storeId, segment.id(), bytes, segment.cipher());
    }

    private SegmentScanner(
            StorageFile file, UUID storeId, int segmentId, long bytes, SegmentHeader header, LogEncryption encryption) {
        this(file, storeId, segmentId, bytes, header, encryption.open(header, LogFormat.segmentFileName(segmentId)));
    }

    private SegmentScanner(
            StorageFile file,
            UUID storeId,
            int segmentId,
            long bytes,
            @Nullable SegmentHeader header,
            SegmentCipher cipher) {
        this.file = file;
        this.fileBytes = (int) Math.min(bytes, Integer.MAX_VALUE);
        this.input = new SegmentInput(file);
        this.fileName = LogFormat.segmentFileName(segmentId);
        this.header = header;
        this.cipher = cipher;
        this.decoder = new FrameDecoder(storeId, segmentId, header == null ? 0 : header.createdAtMillis());
        this.search = new FrameSearch(file, decoder);
        this.heads = new FrameHeads(file, search);
        if (header == null) {
            position = LogFormat.SEGMENT_HEADER_BYTES;
            chainBegins = true;
        } else {
            position = header.bytes();
            lastTimeMillis = header.createdAtMillis();
            setChecksum(header.checksum());
        }
    }

    /** Returns how the segment is encrypted, if it is. */
    SegmentCipher cipher() {
        return cipher;
    }

    /**
     * Returns a scanner of a segment whose header is lost; {@link #skipDamage} finds the first frame.
     *
     * @param bytes length of the file
     */
    static SegmentScanner withoutHeader(StorageFile file, UUID storeId, int segmentId, long bytes) {
        return new SegmentScanner(file, storeId, segmentId, bytes, null, SegmentCipher.NONE);
    }

    /**
     * Positions this scanner after frames that need not be read.
     *
     * @param known where they end: the next frame has to be chained to the last of them
     * @param frameCount number of these frames, footers not counted
     */
    void startBehind(End known, int frameCount) {
        standAt(known);
        frames = frameCount;
    }

    private void standAt(End known) {
        position = known.bytes();
        setChecksum(known.lastChecksum());
        lastOffset = UNKNOWN_OFFSET;
        lastSequence = known.lastSequence();
        lastTimeMillis = known.lastTimeMillis();
    }

    private void setChecksum(int newChecksum) {
        lastChecksum = newChecksum;
        expectedLink = FrameFormat.link(newChecksum);
    }

    /**
     * Hands each frame that ends by {@code newEnd} to {@code action}, in order, and stops at the first invalid one.
     * Footers are only noted.
     */
    public void scanTo(long newEnd, FrameAction action) throws IOException {
        end = (int) Math.min(newEnd, fileBytes);
        input.forget();
        Frame frame = nextFrame();
        while (frame != null) {
            try {
                if (frame.kind() == FrameKind.FOOTER) {
                    footer = SegmentFigures.read(frame.body());
                } else {
                    footer = null;
                    frames++;
                    action.accept(frame);
                }
            } catch (MalformedBytesException e) {
                // The checksums are right, so this is not a fault of the medium.
                throw new CorruptStoreException(
                        fileName, frame.offset(), fileName + " has an invalid frame at " + frame.offset(), e);
            }
            frame = nextFrame();
        }
    }

    /** Returns a reader of frame headers, which does not move this scanner. */
    FrameHeads heads() {
        return heads;
    }

    /** Skips the next frame, whose header has been read. */
    void skip(FrameHeads.Head head) {
        standAt(head.end());
    }

    /**
     * Reads the next frame, whose header has been read.
     *
     * @throws CorruptStoreException if its body is not what was written
     */
    Frame read(FrameHeads.Head head) throws IOException {
        end = head.end().bytes();
        input.forget();
        Frame frame = nextFrame();
        if (frame == null) {
            throw Corruption.inFile(fileName, position, "a frame does not match its checksum");
        }
        return frame;
    }

    /**
     * Skips all frames before the footer, whose presence vouches for them.
     *
     * @param bytes where the footer ends
     * @param checksum its header checksum
     * @return whether there is such a footer
     */
    boolean skipToFooter(int bytes, int checksum) throws IOException {
        FrameHeader found = heads.footer(bytes);
        if (found == null || found.checksum() != checksum) {
            return false;
        }
        position = (int) (bytes - found.frameBytes());
        expectedLink = found.link();
        scanTo(bytes, frame -> {});
        if (footer == null) {
            return false;
        }
        frames = footer.frames();
        return true;
    }

    /** Returns whether the last frame is a footer whose number of frames is correct. */
    boolean endsWithFooter() {
        return footer != null && footer.frames() == frames;
    }

    /** Returns the figures in the footer, or {@code null} if the last frame is not a footer. */
    @Nullable
    SegmentFigures footer() {
        return footer;
    }

    /** Returns where the valid frames end. */
    public int validBytes() {
        return position;
    }

    /** Returns the header checksum of the last valid frame, or that of the segment header. */
    public int lastFrameChecksum() {
        return lastChecksum;
    }

    /** Returns an encoder that continues after the last valid frame. */
    FrameEncoder encoder() {
        SegmentHeader segment = Objects.requireNonNull(header, "A segment without its header is not written to");
        return new FrameEncoder(
                segment.storeId(), segment.segmentId(), segment.createdAtMillis(), lastChecksum, lastTimeMillis);
    }

    /**
     * Returns the end of the frames without the footer: a footer may be taken back as long as no manifest lists the
     * segment as sealed.
     */
    End endWithoutFooter() {
        return footer == null ? end() : beforeLast;
    }

    /** Returns the end of the frames that have been read or skipped. */
    End end() {
        return new End(position, lastChecksum, lastOffset, lastSequence, lastTimeMillis);
    }

    /** Returns whether something has been written after the valid frames. */
    boolean hasBytesBehindEnd() throws IOException {
        byte[] behind = new byte[Math.max(0, Math.min(FrameFormat.HEADER_BYTES_MAX, end - position))];
        file.read(position, behind, 0, behind.length);
        for (byte each : behind) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Continues after the position where {@link #scanTo} stopped: at the next frame whose header is whole, anywhere
     * before the end that was given last. The next {@link #scanTo} tells whether its body is whole.
     *
     * @return what was skipped; its end is that of the last {@link #scanTo} if there is no other frame
     */
    public Gap skipDamage() throws IOException {
        int from = position;
        FrameHeader broken = search.headerAt(from, end);
        if (broken != null && !chainBegins && broken.link() != expectedLink) {
            goOnAt(broken, from, false); // Whole, but the frame before it is missing.
            return new Gap(from, from, null);
        }
        // Bytes in the body of a frame may look like a frame without being one.
        boolean ends = broken != null && from + broken.frameBytes() <= end;
        Frame unverified = broken == null || !ends ? null : unverified(broken, from);
        FrameSearch.Found found =
                search.first(unverified == null ? from + 1 : from + unverified.bytes(), end, header -> true);
        position = found == null ? end : found.offset();
        if (unverified != null) {
            lastSequence = unverified.sequence();
        }
        if (found != null) {
            int linkOfBroken = broken == null ? -1 : FrameFormat.link(broken.checksum());
            goOnAt(
                    found.header(),
                    found.offset(),
                    unverified != null && found.header().link() == linkOfBroken);
        }
        return new Gap(from, position, unverified);
    }

    /**
     * Takes a frame as the next one, whatever precedes it.
     *
     * @param follows whether it follows the frame that was read or skipped last
     */
    private void goOnAt(FrameHeader next, int offset, boolean follows) throws IOException {
        expectedLink = next.link();
        chainBegins = false;
        long sequence = next.hasSequence() || follows
                ? FrameFormat.SEQUENCE_NOT_GIVEN
                : search.sequenceFromNext(next, offset, end);
        if (sequence != FrameFormat.SEQUENCE_NOT_GIVEN) {
            lastSequence = sequence - 1;
        } else if (!follows) {
            lastSequence++; // At least one is lost. If there were more, the order of the rest is correct nevertheless.
        }
    }

    private Frame unverified(FrameHeader found, int at) throws IOException {
        byte[] bytes = new byte[(int) found.frameBytes()];
        file.read(at, bytes, 0, bytes.length);
        return new Frame(
                found, found.sequenceBehind(lastSequence), found.timeBehind(lastTimeMillis), at, bytes, 0, cipher);
    }

    /**
     * A part of a segment that holds no valid frame.
     *
     * @param from where it begins; if equal to {@code to}, no byte is missing, only a frame before
     * @param frame the frame there, if its header is whole but its body does not match the checksum
     */
    public record Gap(int from, int to, @Nullable Frame frame) {

        /** Says what is wrong with it, in a sentence without its full stop. */
        public String describe(String fileName) {
            return from == to
                    ? "A frame is missing from " + fileName + " before byte " + from
                    : "Bytes " + from + " to " + (to - 1) + " of " + fileName + " do not match their checksum";
        }
    }

    /**
     * Looks after the end of the valid frames for one that was written when the position where they end was already
     * durable. A torn tail has none: whatever was written after that position was not synced either.
     *
     * @param unusedStart where {@link UnusedEnd} begins
     * @return the offset of such a frame, or -1
     */
    int findProofOfDamage(long unusedStart) throws IOException {
        FrameSearch.Found proof = search.first(position, end, unusedStart, header -> header.durableUpTo() > position);
        return proof == null ? -1 : proof.offset();
    }

    /**
     * Hands each frame of a sealed segment to {@code action}.
     *
     * @throws CorruptStoreException if it is damaged
     */
    static void scanWhole(Segment segment, UUID storeId, FrameAction action) throws IOException {
        SegmentScanner scanner = of(segment, storeId, segment.bytes());
        scanner.scanTo(segment.bytes(), action);
        if (scanner.validBytes() != segment.bytes()) {
            throw Corruption.inFile(segment.fileName(), scanner.validBytes(), "a frame does not match its checksum");
        }
    }

    /** Returns when the segment was begun, since 1970-01-01 UTC. */
    long createdAtMillis() {
        return header == null ? 0 : header.createdAtMillis();
    }

    private @Nullable Frame nextFrame() throws IOException {
        int rest = end - position;
        if (rest < FrameFormat.HEADER_BYTES_LEAST) {
            return null;
        }
        FrameHeader found = nextHeader(Math.min(rest, FrameFormat.HEADER_BYTES_MAX));
        if (found == null && decoder.bytesMissed() > 0 && decoder.bytesMissed() <= rest) {
            found = nextHeader(decoder.bytesMissed());
        }
        if (found == null || found.frameBytes() > rest || !(chainBegins || found.link() == expectedLink)) {
            return null;
        }
        int at = input.read(position, (int) found.frameBytes(), end);
        if (!decoder.isBodyOf(found, input.bytes(), at)) {
            return null;
        }
        long sequence = found.sequenceBehind(lastSequence);
        Frame frame = new Frame(found, sequence, found.timeBehind(lastTimeMillis), position, input.bytes(), at, cipher);
        if (found.kind() == FrameKind.FOOTER) {
            beforeLast = end();
        }
        setChecksum(found.checksum());
        lastSequence = sequence;
        lastTimeMillis = frame.timeMillis();
        lastOffset = position;
        position += frame.bytes();
        chainBegins = false;
        return frame;
    }

    private @Nullable FrameHeader nextHeader(int length) throws IOException {
        int at = input.read(position, length, end);
        return decoder.header(input.bytes(), at, at + length, position);
    }

    /**
     * The end of some frames.
     *
     * @param bytes where they end
     * @param lastChecksum header checksum of the last of them, or that of the segment header
     * @param lastOffset where the last one begins; {@link #UNKNOWN_OFFSET} if it was not read by this scanner
     * @param lastSequence sequence of the last commit among them
     * @param lastTimeMillis when the last one was written; {@link FrameFormat#UNKNOWN_TIME} if that is not known
     */
    record End(int bytes, int lastChecksum, int lastOffset, long lastSequence, long lastTimeMillis) {}
}
