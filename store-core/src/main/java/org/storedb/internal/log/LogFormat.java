package org.storedb.internal.log;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.WrappedKey;

/**
 * Layout of a segment file. All numbers are big-endian, all checksums CRC-32C.
 *
 * <pre>
 * segment:  [ segment header 64 ] [ data key 112, if encrypted ] [ frame ] [ frame ] … [ footer, once it is sealed ]
 *           [ zeros up to the file's end ]
 *
 * segment header:
 *    0  magic "STOREDB1"    8
 *    8  format version      4
 *   12  segment id          4
 *   16  store id           16
 *   32  created at, ms      8   since 1970-01-01 UTC
 *   40  encryption          1   0 none, 1 AES-256-GCM: the data key follows the header, see {@link WrappedKey}
 *   41  reserved           19   zeros
 *   60  checksum            4   of bytes 0 to 59
 *
 * frame:    [ frame header 48 ] [ body ]
 *
 * frame header:
 *    0  magic "STFR"        4
 *    4  header checksum     4   of store id, segment id and bytes 8 to 47
 *    8  kind                1   see {@link FrameKind}
 *    9  reserved            3   zeros
 *   12  body length         4
 *   16  sequence            8   of the commit
 *   24  time, ms            8   since 1970-01-01 UTC
 *   32  durable up to       4   all bytes of this segment before this offset were synced when the frame was written
 *   36  operations          4   number of operations in the body
 *   40  previous checksum   4   header checksum of the frame before, or the checksum of the segment header
 *   44  body checksum       4   of the body
 * </pre>
 *
 * <p>The header checksum covers the body checksum and the checksum of the frame before, and is bound to the store and the
 * segment: a frame that is out of place, or from another store, is not a frame.
 */
final class LogFormat {

    /** Changing anything here breaks files on disk: raise it and keep a golden file of the old version. */
    static final int VERSION = 1;

    static final long SEGMENT_MAGIC = 0x53544F5245444231L;
    static final int SEGMENT_HEADER_BYTES = 64;
    static final int SEGMENT_CHECKSUM_OFFSET = 60;

    /** With a data key. */
    static final int SEGMENT_HEADER_BYTES_MAX = SEGMENT_HEADER_BYTES + WrappedKey.BYTES;

    static final int FRAME_MAGIC = 0x53544652;
    static final int FRAME_HEADER_BYTES = 48;
    static final int FRAME_CHECKSUM_OFFSET = 4;
    static final int FRAME_CHECKED_OFFSET = 8;
    static final int BODY_LENGTH_OFFSET = 12;
    static final int BODY_CHECKSUM_OFFSET = 44;

    /** The last frame of a sealed segment. */
    static final int FOOTER_BYTES = FRAME_HEADER_BYTES + SegmentFigures.BYTES;

    private static final Pattern SEGMENT_NAME = Pattern.compile("segment-\\d{10}\\.log");

    private LogFormat() {}

    static String segmentFileName(int id) {
        return String.format(Locale.ROOT, "segment-%010d.log", id);
    }

    static boolean isSegmentFileName(String name) {
        return SEGMENT_NAME.matcher(name).matches();
    }

    /** The id in the name of a segment's file. */
    static int segmentId(String name) {
        return (int) Long.parseLong(name.substring("segment-".length(), name.length() - ".log".length()));
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** What binds frames to their place: bytes that every frame's checksum begins with. */
    static byte[] frameBinding(UUID storeId, int segmentId) {
        return new ByteWriter(2 * Long.BYTES + Integer.BYTES)
                .putLong(storeId.getMostSignificantBits())
                .putLong(storeId.getLeastSignificantBits())
                .putInt(segmentId)
                .toByteArray();
    }

    /** Checksum of the frame header that begins at {@code offset}. */
    static int frameChecksum(byte[] binding, byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(binding, 0, binding.length);
        crc.update(bytes, offset + FRAME_CHECKED_OFFSET, FRAME_HEADER_BYTES - FRAME_CHECKED_OFFSET);
        return (int) crc.getValue();
    }
}
