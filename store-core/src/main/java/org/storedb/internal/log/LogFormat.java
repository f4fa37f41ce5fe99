package org.storedb.internal.log;

import java.util.zip.CRC32C;
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
 * </pre>
 *
 * <p>Frames are laid out by {@link FrameFormat}.
 */
final class LogFormat {

    /** Changing anything here breaks existing files: increment this and keep a golden file of the old version. */
    static final int VERSION = 1;

    static final long SEGMENT_MAGIC = 0x53544F5245444231L;
    static final int SEGMENT_HEADER_BYTES = 64;
    static final int SEGMENT_CHECKSUM_OFFSET = 60;

    /** Includes a data key. */
    static final int SEGMENT_HEADER_BYTES_MAX = SEGMENT_HEADER_BYTES + WrappedKey.BYTES;

    private static final String NAME_START = "segment-";
    private static final String NAME_END = ".log";
    private static final int NAME_DIGITS = 10;

    private LogFormat() {}

    static String segmentFileName(int id) {
        String digits = Integer.toString(id);
        return NAME_START + "0".repeat(Math.max(0, NAME_DIGITS - digits.length())) + digits + NAME_END;
    }

    static boolean isSegmentFileName(String name) {
        if (name.length() != NAME_START.length() + NAME_DIGITS + NAME_END.length()
                || !name.startsWith(NAME_START)
                || !name.endsWith(NAME_END)) {
            return false;
        }
        for (int i = NAME_START.length(); i < NAME_START.length() + NAME_DIGITS; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Returns the id in the name of a segment file. */
    static int segmentId(String name) {
        return (int) Long.parseLong(name.substring(NAME_START.length(), name.length() - NAME_END.length()));
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
