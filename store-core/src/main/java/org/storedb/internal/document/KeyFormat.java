package org.storedb.internal.document;

import org.storedb.document.ValueType;

/**
 * The ordered form of values: comparing the bytes as unsigned compares the values. It is the form of record keys (the
 * id alone) and of index keys (the indexed values, then the id).
 *
 * <p>The order is null (a missing field counts as null), booleans, numbers, strings, binary, arrays, objects. Numbers
 * compare by exact value whatever their Java type, 0.0 and -0.0 are the same; strings by code point; binary by unsigned
 * byte; arrays by their first different element, a shorter one first; objects as the list of their fields, each name
 * followed by its value, ordered by name. Values that are equal in this order have the same bytes, and no value's bytes
 * are a prefix of another's, so keys can be joined and taken apart again, and the keys that begin with a value are
 * those that have it. A value in descending order has all its bits flipped; since no value's first byte has its highest
 * bit set, keys themselves show which of their values are descending.
 *
 * <pre>
 * 10        null
 * 20, 21    false, true
 * 30        number  | nearest double 8 | marker 1 | exact |
 * 40        string  | UTF-8, escaped | 00 |
 * 50        binary  | bytes, escaped | 00 |
 * 60        array   | values | 00 |
 * 70        object  | (name as string value, value) ... | 00 |
 *
 * nearest double   its bits, the sign bit flipped if positive, all flipped if negative; within the finite doubles
 * marker           20: the number is that double, nothing follows; 10: it is less; 30: it is greater
 * exact            | exponent + 2^31, 4 | pairs of decimal digits + 1, 1 each | 00 |  of the number's absolute value as
 *                  0.digits times 10^exponent; all bits flipped if the number is negative
 * escaped          byte 00 as 01 01, byte 01 as 01 02
 * </pre>
 */
final class KeyFormat {

    static final byte NULL = 0x10;
    static final byte FALSE = 0x20;
    static final byte TRUE = 0x21;
    static final byte NUMBER = 0x30;
    static final byte STRING = 0x40;
    static final byte BINARY = 0x50;
    static final byte ARRAY = 0x60;
    static final byte OBJECT = 0x70;

    static final byte END = 0x00;
    static final byte ESCAPE = 0x01;
    static final byte ESCAPED_END = 0x01;
    static final byte ESCAPED_ESCAPE = 0x02;

    static final byte BELOW = 0x10;
    static final byte EXACT = 0x20;
    static final byte ABOVE = 0x30;

    static final int NUMBER_BYTES = 1 + Double.BYTES + 1;

    private KeyFormat() {}

    /**
     * Returns the type of the values whose ordered form begins with {@code first}.
     *
     * @throws MalformedDocumentException if there are none
     */
    static ValueType typeOf(byte first) {
        return switch (first) {
            case NULL -> ValueType.NULL;
            case FALSE, TRUE -> ValueType.BOOLEAN;
            case NUMBER -> ValueType.NUMBER;
            case STRING -> ValueType.STRING;
            case BINARY -> ValueType.BINARY;
            case ARRAY -> ValueType.ARRAY;
            case OBJECT -> ValueType.OBJECT;
            default -> throw new MalformedDocumentException("A value cannot begin with byte " + first);
        };
    }

    static long orderedBits(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    static double fromOrderedBits(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
    }
}
