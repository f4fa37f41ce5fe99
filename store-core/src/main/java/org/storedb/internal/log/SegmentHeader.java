package org.storedb.internal.log;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.WrappedKey;
import org.storedb.storage.StorageFile;

/**
 * The contents of a segment's header, see {@link LogFormat}.
 *
 * @param key the data key, or {@code null} if the segment is not encrypted
 */
record SegmentHeader(
        int segmentId,
        UUID storeId,
        long createdAtMillis,
        @Nullable WrappedKey key,
        int checksum) {

    private static final int NOT_ENCRYPTED = 0;
    private static final int AES_GCM = 1;

    /**
     * Writes the header of a new segment.
     *
     * @return its checksum
     */
    static int write(ByteWriter target, int segmentId, UUID storeId, long createdAtMillis, SegmentCipher cipher) {
        int start = target.size();
        target.putLong(LogFormat.SEGMENT_MAGIC).putInt(LogFormat.VERSION).putInt(segmentId);
        target.putUuid(storeId).putLong(createdAtMillis);
        target.putByte(cipher.isEncrypting() ? AES_GCM : NOT_ENCRYPTED);
        target.putBytes(new byte[LogFormat.SEGMENT_CHECKSUM_OFFSET - (target.size() - start)]);
        int checksum = LogFormat.checksum(target.array(), start, LogFormat.SEGMENT_CHECKSUM_OFFSET);
        target.putInt(checksum);
        cipher.writeKey(target);
        return checksum;
    }

    /**
     * Returns the header of a segment file, or {@code null} if there is no complete one.
     *
     * @param fileBytes length of the file
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static @Nullable SegmentHeader read(StorageFile file, long fileBytes) throws IOException {
        byte[] bytes = new byte[(int) Math.min(LogFormat.SEGMENT_HEADER_BYTES_MAX, fileBytes)];
        file.read(0, bytes, 0, bytes.length);
        return bytes.length < LogFormat.SEGMENT_HEADER_BYTES ? null : read(bytes);
    }

    /**
     * Returns the header of a segment file.
     *
     * @param fileBytes length of the file
     * @throws CorruptStoreException if it is not the header of this segment of this store
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static SegmentHeader require(StorageFile file, UUID storeId, int segmentId, long fileBytes) throws IOException {
        String fileName = LogFormat.segmentFileName(segmentId);
        SegmentHeader header = read(file, fileBytes);
        if (header == null) {
            throw Corruption.of(fileName, 0, "The header of " + fileName + " is damaged");
        }
        if (header.segmentId() != segmentId || !header.storeId().equals(storeId)) {
            throw Corruption.of(
                    fileName,
                    0,
                    fileName + " is segment " + header.segmentId() + " of store " + header.storeId() + ", not segment "
                            + segmentId + " of store " + storeId);
        }
        return header;
    }

    /** Returns where the frames begin. */
    int bytes() {
        return key == null ? LogFormat.SEGMENT_HEADER_BYTES : LogFormat.SEGMENT_HEADER_BYTES_MAX;
    }

    private static @Nullable SegmentHeader read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, 0, LogFormat.SEGMENT_HEADER_BYTES);
        if (reader.readLong() != LogFormat.SEGMENT_MAGIC) {
            return null;
        }
        int version = reader.readInt();
        int segmentId = reader.readInt();
        UUID storeId = reader.readUuid();
        long createdAtMillis = reader.readLong();
        int encryption = reader.readByte();
        reader.skip(LogFormat.SEGMENT_CHECKSUM_OFFSET - reader.position());
        int checksum = reader.readInt();
        if (checksum != LogFormat.checksum(bytes, 0, LogFormat.SEGMENT_CHECKSUM_OFFSET)) {
            return null;
        }
        if (version > LogFormat.VERSION || encryption > AES_GCM) {
            throw new UnsupportedFormatException("Segment " + segmentId + " has format version " + version
                    + " and encryption " + encryption + ", this release of StoreDB reads up to " + LogFormat.VERSION
                    + " and " + AES_GCM + "; use a newer release");
        }
        WrappedKey key = encryption == AES_GCM ? WrappedKey.read(bytes, LogFormat.SEGMENT_HEADER_BYTES) : null;
        return encryption == AES_GCM && key == null
                ? null
                : new SegmentHeader(segmentId, storeId, createdAtMillis, key, checksum);
    }
}
