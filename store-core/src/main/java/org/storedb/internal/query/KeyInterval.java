package org.storedb.internal.query;

import java.util.Arrays;
import org.storedb.document.ValueType;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.TreeRange;

/**
 * A range of values of one field, as the ordered forms of the values.
 *
 * @param from included
 * @param to not included
 * @param point whether it holds one value only, whose form is {@code from}
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by their ends, never as a whole.
record KeyInterval(byte[] from, byte[] to, boolean point) {

    private static final byte[] FIRST = {KeyEncoder.firstByte(ValueType.NULL)};
    private static final byte[] AFTER_LAST = {(byte) (KeyEncoder.firstByte(ValueType.OBJECT) + 1)};

    /** Every value, null included. */
    static KeyInterval all() {
        return new KeyInterval(FIRST, AFTER_LAST, false);
    }

    static KeyInterval point(byte[] value) {
        return new KeyInterval(value, after(value), true);
    }

    static KeyInterval between(byte[] from, byte[] to) {
        return new KeyInterval(from, to, false);
    }

    /** What the first value of a type is not smaller than. */
    static byte[] startOf(ValueType type) {
        return new byte[] {KeyEncoder.firstByte(type)};
    }

    /** What all values of a type are smaller than, and those of the next type not. */
    static byte[] endOf(ValueType type) {
        int last = KeyEncoder.firstByte(type) + (type == ValueType.BOOLEAN ? 1 : 0);
        return new byte[] {(byte) (last + 1)};
    }

    /** What all keys that begin with {@code value} are smaller than, and all greater ones not. */
    static byte[] after(byte[] value) {
        byte[] after = TreeRange.afterPrefix(value);
        return after == null ? AFTER_LAST : after;
    }

    /** The same values as keys have them where greater values come first: all bits flipped. */
    KeyInterval descending() {
        byte[] first = flipped(from);
        // What begins with the flipped end was not below it; what begins with the flipped start was.
        return point ? point(first) : between(after(flipped(to)), after(first));
    }

    private static byte[] flipped(byte[] bytes) {
        return new KeyEncoder().appendBytes(bytes).invertFrom(0).toBytes();
    }

    boolean isEmpty() {
        return Arrays.compareUnsigned(from, to) >= 0;
    }

    KeyInterval intersect(KeyInterval other) {
        byte[] start = Arrays.compareUnsigned(from, other.from) >= 0 ? from : other.from;
        byte[] end = Arrays.compareUnsigned(to, other.to) <= 0 ? to : other.to;
        return new KeyInterval(start, end, point || other.point);
    }
}
