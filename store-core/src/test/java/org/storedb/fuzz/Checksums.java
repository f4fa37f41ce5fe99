package org.storedb.fuzz;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Makes the checksums of edited files right again, as docs/FORMAT.md defines them, so that what is behind them gets to see
 * the edits. Whatever is not long enough to have a checksum is left as it is.
 */
final class Checksums {

    private static final int SEGMENT_HEADER_BYTES = 64;
    private static final int LINK = 5;
    private static final int MANIFEST_ENTRIES = 60;
    private static final int MANIFEST_ENTRY_BYTES = 13;
    private static final int PUT = 1;
    private static final int PUT_EXPIRING = 3;
    private static final int FLAGS = 8 + 16 + 32 + 64;
    private static final int WITH_LOCATION = 64;
    private static final int RELOCATION = 2;

    private Checksums() {}

    /** Of a file that ends with the checksum of everything before. */
    static void repairEnd(byte[] file) {
        if (file.length >= Integer.BYTES) {
            int checked = file.length - Integer.BYTES;
            ByteBuffer.wrap(file).putInt(checked, checksum(file, 0, checked));
        }
    }

    /** Of the manifest and all segments that it names, which it then vouches for as they are. */
    static void repairLog(Map<String, byte[]> files) {
        byte[] manifest = files.getOrDefault("manifest", new byte[0]);
        ByteBuffer entries = ByteBuffer.wrap(manifest);
        int end = manifest.length - Integer.BYTES;
        for (int at = MANIFEST_ENTRIES; at + MANIFEST_ENTRY_BYTES <= end; at += MANIFEST_ENTRY_BYTES) {
            byte[] segment = files.get(String.format(Locale.ROOT, "segment-%010d.log", entries.getInt(at)));
            if (segment != null && segment.length >= SEGMENT_HEADER_BYTES) {
                LogEnd logEnd = repairSegment(segment);
                entries.putInt(at + 5, logEnd.bytes()).putInt(at + 9, logEnd.checksum());
            }
        }
        repairEnd(manifest);
    }

    private static LogEnd repairSegment(byte[] segment) {
        ByteBuffer buffer = ByteBuffer.wrap(segment);
        int previous = checksum(segment, 0, SEGMENT_HEADER_BYTES - Integer.BYTES);
        buffer.putInt(SEGMENT_HEADER_BYTES - Integer.BYTES, previous);
        int end = SEGMENT_HEADER_BYTES;
        for (FrameFields frame : FrameFields.all(segment)) {
            int bodyBytes = frame.end() - frame.body();
            if (!frame.singlePut()) {
                ByteBuffer body = ByteBuffer.wrap(segment, frame.body(), bodyBytes);
                repairRecords(segment, body, frame.kind(), frame.operations());
            }
            int bodyChecksum = checksum(segment, frame.key(), frame.keyBytes(), frame.body(), bodyBytes);
            buffer.putInt(frame.body() - Integer.BYTES, bodyChecksum);
            buffer.putShort(frame.start() + LINK, (short) previous);
            previous = frameChecksum(segment, frame.start(), frame.body());
            buffer.putInt(frame.start() + 1, previous);
            end = frame.end();
        }
        return new LogEnd(end, previous);
    }

    private static int frameChecksum(byte[] segment, int frame, int headerEnd) {
        CRC32C crc = new CRC32C();
        crc.update(segment, 16, 16);
        crc.update(segment, 12, 4);
        crc.update(ByteBuffer.allocate(4).putInt(0, frame));
        crc.update(segment[frame]);
        crc.update(segment, frame + LINK, headerEnd - frame - LINK);
        return (int) crc.getValue();
    }

    /** Of the records in a body, up to the first operation that is none. */
    private static void repairRecords(byte[] segment, ByteBuffer body, int frameKind, long operations) {
        for (long i = 0; i < operations && body.hasRemaining(); i++) {
            int code = body.get();
            FrameFields.varint(body);
            if (frameKind == RELOCATION) {
                FrameFields.varint(body);
            }
            for (int field = 0; field < ((code & WITH_LOCATION) == 0 ? 0 : 4); field++) {
                FrameFields.varint(body);
            }
            long keyLength = FrameFields.varint(body);
            int key = body.position();
            int keyBytes = (int) Math.max(0, Math.min(keyLength, body.remaining()));
            body.position(key + keyBytes);
            int kind = code & ~FLAGS;
            if (kind == PUT || kind == PUT_EXPIRING) {
                long recordBytes = FrameFields.varint(body);
                if (recordBytes < Integer.BYTES || recordBytes > body.remaining()) {
                    return;
                }
                int record = body.position();
                int checked = record + Integer.BYTES;
                body.putInt(record, checksum(segment, key, keyBytes, checked, (int) recordBytes - Integer.BYTES));
                body.position(record + (int) recordBytes);
            }
        }
    }

    /** Of the chunks of a checkpoint, and of its end. */
    static void repairCheckpoint(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        CRC32C all = new CRC32C();
        int chunk = 0;
        for (int number = 0; chunk + 8 < file.length; number++) {
            int content = chunk + 8;
            int length = buffer.getInt(chunk);
            if (length <= 0 || length > file.length - content) {
                return;
            }
            if (content + length == file.length && length == 5) {
                buffer.putInt(content + 1, (int) all.getValue());
            }
            CRC32C crc = new CRC32C();
            crc.update(ByteBuffer.allocate(4).putInt(0, number));
            crc.update(file, content, length);
            buffer.putInt(chunk + 4, (int) crc.getValue());
            all.update(file, chunk + 4, 4);
            chunk = content + length;
        }
    }

    private static int checksum(byte[] bytes, int key, int keyBytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, key, keyBytes);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private record LogEnd(int bytes, int checksum) {}
}
