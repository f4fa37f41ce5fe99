package org.storedb.internal.document;

import java.util.Arrays;

/** The table of an array, which has no ids, or of an object; known to be within the limit. */
final class ValueTable {

    /** Not the start of a value. */
    static final int NONE = -1;

    private final byte[] bytes;
    private final int limit; // of the array or object
    private final int start;
    private final int count;
    private final int idWidth;
    private final int offsetWidth;

    ValueTable(byte[] bytes, int limit, int start, int count, int idWidth, int offsetWidth) {
        this.bytes = bytes;
        this.limit = limit;
        this.start = start;
        this.count = count;
        this.idWidth = idWidth;
        this.offsetWidth = offsetWidth;
    }

    int count() {
        return count;
    }

    int id(int entry) {
        return BigEndian.get(bytes, start + entry * (idWidth + offsetWidth), idWidth);
    }

    boolean isInline(int entry) {
        return id(entry) == DocumentFormat.inlineId(idWidth);
    }

    int valueStart(int entry) {
        int found = valueStartOrNone(entry);
        if (found == NONE) {
            throw new MalformedDocumentException(
                    "Offset " + offset(entry) + " is beyond the end of the value, at byte " + offsetPosition(entry));
        }
        return found;
    }

    /** Returns where a value begins; {@link #NONE} if that would be beyond the end. */
    int valueStartOrNone(int entry) {
        int offset = offset(entry);
        int valuesStart = start + count * (idWidth + offsetWidth);
        return offset < 0 || offset >= limit - valuesStart ? NONE : valuesStart + offset;
    }

    private int offset(int entry) {
        return BigEndian.get(bytes, offsetPosition(entry), offsetWidth);
    }

    private int offsetPosition(int entry) {
        return start + entry * (idWidth + offsetWidth) + idWidth;
    }

    /** Returns where the values begin, ascending, in the upper halves; the numbers of their entries in the lower. */
    long[] inWrittenOrder() {
        long[] order = new long[count];
        boolean ordered = true;
        for (int entry = 0; entry < count; entry++) {
            order[entry] = ((long) valueStart(entry) << 32) | entry;
            ordered &= entry == 0 || order[entry] > order[entry - 1];
        }
        if (!ordered) {
            Arrays.sort(order);
        }
        return order;
    }
}
