package org.storedb.internal.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;

/**
 * The stored layout of a document. Numbers are big-endian; {@code w} is a width of 1, 2 or 4 bytes, chosen per value
 * and kept in the tag as 0, 1 or 2.
 *
 * <pre>
 * document    | version 1 | value |
 *
 * value       | tag 1 | ...
 *   00          null
 *   01, 02      false, true
 *   03 .. 06    integer       | two's complement, 1, 2, 4 or 8 |
 *   07          double        | IEEE 754, 8 |
 *   08 + w      big integer   | length w | two's complement |
 *   0C, 0D      decimal       | scale, 1 or 4 | unscaled: an integer or big integer value |
 *   10 + w      string        | length w | UTF-8 |
 *   14 + w      binary        | length w | bytes |
 *   18 + w      array         | count w | offset w ... | values ... |
 *   20 + 4i + w object        | count w | (id i, offset w) ... | values ... |
 *   40 .. 7F    the integers -16 to 47
 *   80 .. FF    strings of 0 to 127 bytes of UTF-8
 *
 * object {"name": "Ada", "born": 1815} with the ids name = 0, born = 1
 *   20   02   00 00   01 04   83 41 64 61   04 07 17
 *   tag  |    |       |       "Ada"         1815
 *        |    |       born: id 1, 4 bytes from the start of the values
 *        |    name: id 0, at the start of the values
 *        two fields
 * </pre>
 *
 * <p>An object's table is ordered by id; its values are in the order in which they were written, so the order of the
 * offsets restores it. A field whose name has no id is entered with all bits of the id set, after the others, and its
 * value follows its name, which is a string value. The width {@code w} of arrays and objects is that of the bytes of
 * all values together, which are never fewer than the values.
 */
final class DocumentFormat {

    static final int VERSION = 1;
    static final int VERSION_BYTES = 1;

    /** Maximum nesting of containers, including the document itself. */
    static final int DEPTH_MAX = 500;

    /** Bounds the cost of an exact number. */
    static final int BIG_INTEGER_BYTES_MAX = 4096;

    /** The number of digits that any exact number can have. */
    static final int DIGITS_MAX = 9_863;

    /** Largest scale of a decimal number; its negative is the smallest. */
    static final int SCALE_MAX = 10_000;

    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int INT_8 = 0x03;
    static final int INT_16 = 0x04;
    static final int INT_32 = 0x05;
    static final int INT_64 = 0x06;
    static final int DOUBLE = 0x07;
    static final int BIG_INTEGER = 0x08;
    static final int DECIMAL = 0x0C;
    static final int DECIMAL_WIDE = 0x0D;
    static final int STRING = 0x10;
    static final int BINARY = 0x14;
    static final int ARRAY = 0x18;
    static final int OBJECT = 0x20;
    static final int SMALL_INT = 0x40;
    static final int SHORT_STRING = 0x80;

    static final int SMALL_INT_MIN = -16;
    static final int SMALL_INT_MAX = SMALL_INT_MIN + (SHORT_STRING - SMALL_INT) - 1;
    static final int SHORT_STRING_BYTES_MAX = 0x7F;

    private static final int WIDTH_MASK = 0x03;
    private static final int ID_WIDTH_SHIFT = 2;
    private static final int WIDTHS = 3;
    private static final @Nullable ValueType[] TYPES = types();

    private DocumentFormat() {}

    /** Returns the type of a value with this tag of 0 to 255; {@code null} if no value has it. */
    static @Nullable ValueType type(int tag) {
        return TYPES[tag];
    }

    private static @Nullable ValueType[] types() {
        @Nullable ValueType[] types = new ValueType[1 << Byte.SIZE];
        types[NULL] = ValueType.NULL;
        Arrays.fill(types, FALSE, TRUE + 1, ValueType.BOOLEAN);
        Arrays.fill(types, INT_8, DOUBLE + 1, ValueType.NUMBER);
        fillWidths(types, BIG_INTEGER, ValueType.NUMBER);
        Arrays.fill(types, DECIMAL, DECIMAL_WIDE + 1, ValueType.NUMBER);
        fillWidths(types, STRING, ValueType.STRING);
        fillWidths(types, BINARY, ValueType.BINARY);
        fillWidths(types, ARRAY, ValueType.ARRAY);
        for (int idWidthCode = 0; idWidthCode < WIDTHS; idWidthCode++) {
            fillWidths(types, objectTag(idWidthCode, 0), ValueType.OBJECT);
        }
        Arrays.fill(types, SMALL_INT, SHORT_STRING, ValueType.NUMBER);
        Arrays.fill(types, SHORT_STRING, types.length, ValueType.STRING);
        return types;
    }

    /** Fills in the tags of all widths, which follow the first tag. */
    private static void fillWidths(@Nullable ValueType[] types, int firstTag, ValueType type) {
        Arrays.fill(types, firstTag, firstTag + WIDTHS, type);
    }

    /** Returns the code of the smallest width that holds {@code value}. */
    static int widthCode(int value) {
        return value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : 2;
    }

    /** Returns the code of the smallest width that holds {@code id} and leaves the value with all bits set free. */
    static int idWidthCode(int id) {
        return id < 0xFF ? 0 : id < 0xFFFF ? 1 : 2;
    }

    static int objectTag(int idWidthCode, int offsetWidthCode) {
        return OBJECT | (idWidthCode << ID_WIDTH_SHIFT) | offsetWidthCode;
    }

    /** Returns the bytes of the lengths, counts or offsets of a value with this tag. */
    static int width(int tag) {
        return 1 << (tag & WIDTH_MASK);
    }

    /** Returns the bytes of the ids of an object with this tag. */
    static int idWidth(int tag) {
        return 1 << ((tag >>> ID_WIDTH_SHIFT) & WIDTH_MASK);
    }

    /** Returns the id that stands for an inline name, for ids of this width. */
    static int inlineId(int idWidth) {
        return idWidth == 4 ? -1 : (1 << (8 * idWidth)) - 1;
    }
}
