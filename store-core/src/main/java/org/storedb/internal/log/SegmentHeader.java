package org.storedb.internal.log;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;

/** What the header of a segment says, see {@link LogFormat}. */
record SegmentHeader(int segmentId, UUID storeId, long createdAtMillis, int checksum) {

    /** Writes the header of a new segment. */
    static SegmentHeader write(ByteWriter target, int segmentId, UUID storeId, long createdAtMillis) {
        int start = target.size();
        target.putLong(LogFormat.SEGMENT_MAGIC).putInt(LogFormat.VERSION).putInt(segmentId);
        target.putLong(storeId.getMostSignificantBits()).putLong(storeId.getLeastSignificantBits());
        target.putLong(createdAtMillis);
        target.putBytes(new byte[LogFormat.SEGMENT_CHECKSUM_OFFSET - (target.size() - start)]);
        int checksum = LogFormat.checksum(target.array(), start, LogFormat.SEGMENT_CHECKSUM_OFFSET);
        target.putInt(checksum);
        return new SegmentHeader(segmentId, storeId, createdAtMillis, checksum);
    }

    /**
     * The header at the start of {@code bytes}, or {@code null} if there is no whole one.
     *
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static @Nullable SegmentHeader read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, 0, LogFormat.SEGMENT_HEADER_BYTES);
        if (reader.readLong() != LogFormat.SEGMENT_MAGIC) {
            return null;
        }
        int version = reader.readInt();
        int segmentId = reader.readInt();
        UUID storeId = new UUID(reader.readLong(), reader.readLong());
        long createdAtMillis = reader.readLong();
        reader.skip(LogFormat.SEGMENT_CHECKSUM_OFFSET - reader.position());
        int checksum = reader.readInt();
        if (checksum != LogFormat.checksum(bytes, 0, LogFormat.SEGMENT_CHECKSUM_OFFSET)) {
            return null;
        }
        if (version > LogFormat.VERSION) {
            throw new UnsupportedFormatException("Segment " + segmentId + " has format version " + version
                    + ", this release of StoreDB reads up to " + LogFormat.VERSION + "; use a newer release");
        }
        return new SegmentHeader(segmentId, storeId, createdAtMillis, checksum);
    }
}
