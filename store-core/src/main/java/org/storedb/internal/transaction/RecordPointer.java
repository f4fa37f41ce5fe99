package org.storedb.internal.transaction;

import org.storedb.internal.index.ValueLayout;

/**
 * Where the current record of a key is.
 *
 * @param segment id of the segment, or {@link #BUFFERED} for a record that a transaction has not committed yet
 * @param offset where the record begins in the segment, or its number among the transaction's writes
 * @param length bytes of the record
 * @param sequence the commit that wrote it; 0 for one that is not committed yet
 */
public record RecordPointer(int segment, int offset, int length, long sequence) {

    /** Segment id of records that are in a transaction's write buffer. */
    public static final int BUFFERED = -1;

    /** Three words: segment and offset, length, sequence. */
    public static final ValueLayout<RecordPointer> LAYOUT = new ValueLayout<>() {
        @Override
        public int words() {
            return 3;
        }

        @Override
        public void write(RecordPointer pointer, long[] words, int at) {
            words[at] = ((long) pointer.segment << 32) | (pointer.offset & 0xFFFF_FFFFL);
            words[at + 1] = pointer.length;
            words[at + 2] = pointer.sequence;
        }

        @Override
        public RecordPointer read(long[] words, int at) {
            return new RecordPointer((int) (words[at] >> 32), (int) words[at], (int) words[at + 1], words[at + 2]);
        }
    };
}
