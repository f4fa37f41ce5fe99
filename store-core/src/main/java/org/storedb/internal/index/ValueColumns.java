package org.storedb.internal.index;

import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.bytes.PackedLongs;

/**
 * Writes the values of leaves field by field, and reads them back. Immutable; safe for as many threads as its fields
 * are.
 */
final class ValueColumns {

    private final ValueFields fields;
    private final int wordsMax;

    /**
     * Creates columns for one tree.
     *
     * @param wordsMax maximum words of a value
     */
    ValueColumns(ValueFields fields, int wordsMax) {
        this.fields = fields;
        this.wordsMax = wordsMax;
    }

    /** Writes {@code count} values of {@code kept} words each. */
    void write(ByteWriter target, long[] source, int count, int kept) {
        long[] words = new long[wordsMax];
        long[] value = new long[fields.count()];
        long[][] columns = new long[value.length][count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(source, i * kept, words, 0, kept);
            fields.split(words, value);
            for (int field = 0; field < value.length; field++) {
                columns[field][i] = value[field];
            }
        }
        for (long[] column : columns) {
            PackedLongs.write(target, column, count);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException if a value is impossible, or has more words
     */
    void read(ByteReader source, long[] target, int count, int kept) {
        long[] words = new long[wordsMax];
        long[] value = new long[fields.count()];
        long[][] columns = new long[value.length][count];
        for (long[] column : columns) {
            PackedLongs.read(source, column, count);
        }
        for (int i = 0; i < count; i++) {
            for (int field = 0; field < value.length; field++) {
                value[field] = columns[field][i];
            }
            if (!fields.join(value, words)) {
                throw new MalformedBytesException("Value " + i + " of a leaf is invalid: " + Arrays.toString(value));
            }
            System.arraycopy(words, 0, target, i * kept, kept);
            for (int word = kept; word < words.length; word++) {
                if (words[word] != 0) {
                    throw new MalformedBytesException("Value " + i + " of a leaf has more than " + kept + " words");
                }
            }
        }
    }

    /** Returns the maximum words of a value. */
    int wordsMax() {
        return wordsMax;
    }
}
