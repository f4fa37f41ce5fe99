package org.storedb.internal.log;

import java.util.UUID;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;

/** Computes the header checksums of the frames of one segment, see {@link FrameFormat}. For one thread. */
final class FrameChecksum {

    private final CRC32C crc = new CRC32C();
    /** The checked bytes in one piece: many short updates would take longer than the copying. */
    private final ByteWriter checked = new ByteWriter(128);

    private final byte[] binding;

    FrameChecksum(UUID storeId, int segmentId) {
        this.binding = FrameFormat.binding(storeId, segmentId);
    }

    /**
     * Returns the checksum of a header.
     *
     * @param bytes contains the header from {@code at} to {@code end}
     * @param offset where the header begins in the segment
     */
    int of(byte[] bytes, int at, int end, int offset) {
        checked.reset(Integer.MAX_VALUE);
        checked.putBytes(binding).putInt(offset).putByte(bytes[at]);
        checked.putBytes(bytes, at + FrameFormat.LINK_OFFSET, end - at - FrameFormat.LINK_OFFSET);
        crc.reset();
        crc.update(checked.array(), 0, checked.size());
        return (int) crc.getValue();
    }
}
