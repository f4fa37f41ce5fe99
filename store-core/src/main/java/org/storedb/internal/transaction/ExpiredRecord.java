package org.storedb.internal.transaction;

import org.storedb.internal.index.ValueLayout;

/**
 * A record that has expired but is still in the log. No reader sees it.
 *
 * @param pointer location of the record
 * @param expiryMillis when it expired, since 1970-01-01 UTC
 */
public record ExpiredRecord(RecordPointer pointer, long expiryMillis) {

    /** The expiry, then the pointer. */
    static final ValueLayout<ExpiredRecord> LAYOUT = new ValueLayout<>() {
        @Override
        public int words() {
            return 1 + RecordPointer.LAYOUT.words();
        }

        @Override
        public void write(ExpiredRecord expired, long[] words, int at) {
            words[at] = expired.expiryMillis;
            RecordPointer.LAYOUT.write(expired.pointer, words, at + 1);
        }

        @Override
        public ExpiredRecord read(long[] words, int at, int kept) {
            return new ExpiredRecord(
                    RecordPointer.LAYOUT.read(words, at + 1, Math.max(0, kept - 1)),
                    ValueLayout.word(words, at, 0, kept));
        }
    };
}
