package org.storedb.internal.transaction;

import org.storedb.internal.index.ValueLayout;
import org.storedb.internal.log.RecordLocation;

/**
 * The location of the current record of a key.
 *
 * @param segment id of the segment, or {@link #BUFFERED} for a record that a transaction has not committed yet
 * @param offset where the record begins in the segment, or its number among the transaction's writes
 * @param length bytes of the record
 * @param sequence the commit that wrote it; 0 if it is not committed yet
 */
public record RecordPointer(int segment, int offset, int length, long sequence) {

    private static final int LENGTH_BITS = 16;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int SEQUENCE_BITS = Long.SIZE - LENGTH_BITS;

    /** Writes what {@link #LAYOUT} would write for a pointer with these components. */
    public static void writeWords(int segment, int offset, int length, long sequence, long[] words, int at) {
        words[at] = ((long) segment << 32) | (offset & 0xFFFF_FFFFL);
        words[at + 1] = sequence << LENGTH_BITS | (length & LENGTH_MASK);
        words[at + 2] = sequence >>> SEQUENCE_BITS << Integer.SIZE | length >>> LENGTH_BITS;
    }

    static int segment(long firstWord) {
        return (int) (firstWord >> Integer.SIZE);
    }

    static int offset(long firstWord) {
        return (int) firstWord;
    }

    static int length(long secondWord, long thirdWord) {
        return (int) thirdWord << LENGTH_BITS | (int) (secondWord & LENGTH_MASK);
    }

    /**
     * Returns whether both are of the same commit; compaction moves records without changing them, so the location may
     * differ.
     */
    public boolean isSameRecord(RecordPointer other) {
        return sequence == other.sequence;
    }

    /** Returns the same location for code that knows no transactions. */
    RecordLocation location() {
        return new RecordLocation(segment, offset, length, sequence);
    }

    /** Segment id of records that are in a transaction's write buffer. */
    public static final int BUFFERED = -1;

    /**
     * Two words: segment and offset; sequence and length. If the sequence exceeds 48 bits or the length 16 bits, the
     * rest is in a third word.
     */
    public static final ValueLayout<RecordPointer> LAYOUT = new ValueLayout<>() {
        @Override
        public int words() {
            return 3;
        }

        @Override
        public void write(RecordPointer pointer, long[] words, int at) {
            writeWords(pointer.segment, pointer.offset, pointer.length, pointer.sequence, words, at);
        }

        @Override
        public RecordPointer read(long[] words, int at, int kept) {
            long location = ValueLayout.word(words, at, 0, kept);
            long version = ValueLayout.word(words, at, 1, kept);
            long rest = ValueLayout.word(words, at, 2, kept);
            long sequence = rest >>> Integer.SIZE << SEQUENCE_BITS | version >>> LENGTH_BITS;
            return new RecordPointer(segment(location), offset(location), length(version, rest), sequence);
        }
    };
}
