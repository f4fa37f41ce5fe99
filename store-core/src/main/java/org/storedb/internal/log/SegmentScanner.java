package org.storedb.internal.log;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.storage.StorageFile;

/** Reads the frames of one segment file, in stages, from its start up to the first place that holds no valid frame. */
final class SegmentScanner {

    private static final int SEARCH_WINDOW_BYTES = 1 << 16;

    private final StorageFile file;
    private final String fileName;
    private final UUID storeId;
    private final int segmentId;
    private final byte[] frameBinding;
    private final SegmentCipher cipher;

    private int end;
    private int position;
    private int lastChecksum;

    /**
     * A scanner that stands before the first frame.
     *
     * @param bytes how long the file is
     * @throws CorruptStoreException if the segment header is not that of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     * @throws WrongKeyException if it is encrypted and cannot be decrypted, or must be and is not
     */
    SegmentScanner(StorageFile file, UUID storeId, int segmentId, long bytes, LogEncryption encryption)
            throws IOException {
        this.file = file;
        this.fileName = LogFormat.segmentFileName(segmentId);
        this.storeId = storeId;
        this.segmentId = segmentId;
        this.frameBinding = LogFormat.frameBinding(storeId, segmentId);
        this.cipher = encryption.open(readSegmentHeader(bytes), fileName);
    }

    /** How the segment is encrypted, if it is. */
    SegmentCipher cipher() {
        return cipher;
    }

    /** Hands each frame that ends by {@code newEnd} to {@code action}, in order, and stops where there is none. */
    void scanTo(long newEnd, FrameAction action) throws IOException {
        end = (int) Math.min(newEnd, Integer.MAX_VALUE);
        Frame frame = nextFrame();
        while (frame != null) {
            try {
                action.accept(frame);
            } catch (MalformedBytesException e) {
                // The checksums are right, so this is no accident of the medium.
                throw new CorruptStoreException(
                        fileName, frame.offset(), fileName + " has an invalid frame at " + frame.offset(), e);
            }
            frame = nextFrame();
        }
    }

    /** Where the valid frames end. */
    int validBytes() {
        return position;
    }

    /** Header checksum of the last valid frame, or that of the segment header. */
    int lastFrameChecksum() {
        return lastChecksum;
    }

    /**
     * Looks behind the end of the valid frames for one that was written when the place where they end was durable
     * already. A torn tail has none: there, whatever was written after the place was not synced either.
     *
     * @return the offset of such a frame, or -1
     */
    int findProofOfDamage() throws IOException {
        byte[] window = new byte[SEARCH_WINDOW_BYTES];
        int step = SEARCH_WINDOW_BYTES - LogFormat.FRAME_HEADER_BYTES;
        for (long start = position; start + LogFormat.FRAME_HEADER_BYTES <= end; start += step) {
            int length = (int) Math.min(SEARCH_WINDOW_BYTES, end - start);
            file.read(start, window, 0, length);
            for (int at = 0; at + LogFormat.FRAME_HEADER_BYTES <= length; at++) {
                if (isProof(window, at)) {
                    return (int) start + at;
                }
            }
        }
        return -1;
    }

    private boolean isProof(byte[] window, int at) {
        if (window[at] != (byte) (LogFormat.FRAME_MAGIC >>> 24)) {
            return false;
        }
        FrameHeader header = headerAt(window, at);
        return header != null && header.durableUpTo() > position;
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
        byte[] bytes = new byte[LogFormat.FRAME_HEADER_BYTES];
        file.read(position, bytes, 0, bytes.length);
        FrameHeader header = headerAt(bytes, 0);
        int bodyOffset = position + LogFormat.FRAME_HEADER_BYTES;
        if (header == null || header.previousChecksum() != lastChecksum || header.bodyBytes() > end - bodyOffset) {
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
        lastChecksum = header.checksum();
        position = bodyOffset + body.length;
        return frame;
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
}
