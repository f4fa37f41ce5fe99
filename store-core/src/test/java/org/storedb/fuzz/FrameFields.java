package org.storedb.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a frame are in a segment, as docs/FORMAT.md defines them.
 *
 * @param start where it begins
 * @param sequence where its sequence is; {@link #NOT_GIVEN} if it has none
 * @param length where the length of the body is, or that of the record of a single put
 * @param count where the number of operations is, or the length of the key of a single put
 * @param operations number of operations; 1 for a single put
 * @param key where the key of a single put begins; its length stands before it
 * @param keyBytes how long that is; 0 for any other frame
 * @param body where the body begins; its checksum stands before it
 * @param end where the body ends
 */
record FrameFields(
        int start,
        boolean singlePut,
        int kind,
        int sequence,
        int length,
        int count,
        long operations,
        int key,
        int keyBytes,
        int body,
        int end) {

    static final int FIRST = 64;
    static final int NOT_GIVEN = -1;

    private static final int FIXED_BYTES = 7;
    private static final int KIND = 0b11;
    private static final int SINGLE_PUT = 0b100;
    private static final int TIME_GIVEN = 0b1000;
    private static final int DURABLE_GIVEN = 0b10_0000;
    private static final int NEXT_SEQUENCE = 0b100_0000;
    private static final int MARK = 0b1000_0000;

    /** Those of all frames up to the first place where there can be none. */
    static List<FrameFields> all(byte[] segment) {
        List<FrameFields> all = new ArrayList<>();
        int at = FIRST;
        while (at + FIXED_BYTES < segment.length && (segment[at] & MARK) != 0) {
            FrameFields frame = at(segment, at);
            if (frame.end < frame.body || frame.end > segment.length) {
                break;
            }
            all.add(frame);
            at = frame.end;
        }
        return all;
    }

    private static FrameFields at(byte[] segment, int at) {
        int start = segment[at];
        ByteBuffer fields = ByteBuffer.wrap(segment).position(at + FIXED_BYTES);
        boolean sequenceGiven = (start & NEXT_SEQUENCE) == 0;
        int sequence = sequenceGiven ? fields.position() : NOT_GIVEN;
        if (sequenceGiven) {
            varint(fields);
        }
        if ((start & TIME_GIVEN) != 0) {
            varint(fields);
        }
        if ((start & DURABLE_GIVEN) != 0) {
            varint(fields);
        }
        return (start & SINGLE_PUT) != 0
                ? singlePut(segment, at, sequence, fields)
                : several(segment, at, sequence, fields);
    }

    private static FrameFields singlePut(byte[] segment, int at, int sequence, ByteBuffer fields) {
        varint(fields); // The tree.
        int count = fields.position();
        long keyLength = varint(fields);
        int key = fields.position();
        int keyBytes = (int) Math.max(0, Math.min(keyLength, fields.remaining()));
        fields.position(key + keyBytes);
        int length = fields.position();
        long bodyBytes = varint(fields) - Integer.BYTES;
        int body = fields.position() + Integer.BYTES;
        return new FrameFields(
                at, true, segment[at] & KIND, sequence, length, count, 1, key, keyBytes, body, end(body, bodyBytes));
    }

    private static FrameFields several(byte[] segment, int at, int sequence, ByteBuffer fields) {
        int length = fields.position();
        long bodyBytes = varint(fields);
        int count = fields.position();
        long operations = varint(fields);
        int body = fields.position() + Integer.BYTES;
        return new FrameFields(
                at,
                false,
                segment[at] & KIND,
                sequence,
                length,
                count,
                operations,
                body,
                0,
                body,
                end(body, bodyBytes));
    }

    private static int end(int body, long bodyBytes) {
        return bodyBytes < 0 || bodyBytes > Integer.MAX_VALUE - body ? Integer.MAX_VALUE : body + (int) bodyBytes;
    }

    /** The varint that the buffer stands at, or what is left of it. */
    static long varint(ByteBuffer source) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && source.hasRemaining(); shift += 7) {
            int next = source.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
