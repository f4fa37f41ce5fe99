package org.storedb.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a frame are in a segment, as docs/FORMAT.md defines them.
 *
 * @param start where it begins
 * @param keyOrCount where the length of the key of a single put is, or the number of operations
 * @param keyBytesOrOperations what is there
 * @param body where the body begins; its checksum stands before it
 * @param end where the body ends
 */
record FrameFields(
        int start,
        boolean singlePut,
        int kind,
        int bodyLength,
        int sequence,
        int keyOrCount,
        long keyBytesOrOperations,
        int body,
        int end) {

    static final int FIRST = 64;

    private static final int FIXED_BYTES = 7;
    private static final int KIND = 0b11;
    private static final int SINGLE_PUT = 0b100;
    private static final int TIME_GIVEN = 0b1000;
    private static final int DURABLE_GIVEN = 0b100000;

    /** Those of all frames up to the first place where there can be none. */
    static List<FrameFields> all(byte[] segment) {
        List<FrameFields> all = new ArrayList<>();
        int at = FIRST;
        while (at + FIXED_BYTES < segment.length && (segment[at] & 0xC0) == 0x80) {
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
        long bodyBytes = varint(fields);
        int sequence = fields.position();
        varint(fields);
        if ((start & TIME_GIVEN) != 0) {
            varint(fields);
        }
        if ((start & DURABLE_GIVEN) != 0) {
            varint(fields);
        }
        boolean singlePut = (start & SINGLE_PUT) != 0;
        if (singlePut) {
            varint(fields); // The tree.
        }
        int keyOrCount = fields.position();
        long keyBytesOrOperations = varint(fields);
        int body = fields.position() + Integer.BYTES;
        int end = bodyBytes < 0 || bodyBytes > segment.length ? Integer.MAX_VALUE : body + (int) bodyBytes;
        return new FrameFields(
                at, singlePut, start & KIND, at + FIXED_BYTES, sequence, keyOrCount, keyBytesOrOperations, body, end);
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
