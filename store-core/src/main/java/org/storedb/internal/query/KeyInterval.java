package org.storedb.internal.query;

import java.util.Arrays;
import org.storedb.document.ValueType;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.TreeRange;

/**
 * A range of values of one field, as the ordered forms of the values.
 *
 * @param from inclusive
 * @param to exclusive
 * @param point whether it contains exactly one value, whose form is {@code from}
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by their ends, never as a whole.
record KeyInterval(byte[] from, byte[] to, boolean point) {

    private static final byte[] FIRST = {KeyEncoder.firstByte(ValueType.NULL)};
    private static final byte[] AFTER_LAST = {(byte) (KeyEncoder.firstByte(ValueType.OBJECT) + 1)};

    /** Returns an interval of every value, including null. */
    static KeyInterval all() {
        return new KeyInterval(FIRST, AFTER_LAST, false);
    }

    static KeyInterval point(byte[] value) {
        return new KeyInterval(value, after(value), true);
    }

    static KeyInterval between(byte[] from, byte[] to) {
        return new KeyInterval(from, to, false);
    }

    /** Returns a lower bound, inclusive, of the values of a type. */
    static byte[] startOf(ValueType type) {
        return new byte[] {KeyEncoder.firstByte(type)};
    }

    /** Returns an upper bound, exclusive, of the values of a type; those of the next type are not below it. */
    static byte[] endOf(ValueType type) {
        int last = KeyEncoder.firstByte(type) + (type == ValueType.BOOLEAN ? 1 : 0);
        return new byte[] {(byte) (last + 1)};
    }

    /**
     * Returns an upper bound, exclusive, of all keys that begin with {@code value}; all greater ones are not below it.
     */
    static byte[] after(byte[] value) {
        byte[] after = TreeRange.afterPrefix(value);
        return after == null ? AFTER_LAST : after;
    }

    /** Returns the same values as they are in descending keys: all bits flipped. */
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
