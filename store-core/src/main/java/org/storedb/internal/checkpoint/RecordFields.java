package org.storedb.internal.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storedb.internal.index.ValueFields;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.transaction.RecordPointer;

/**
 * Splits the locations of records: segment, offset, sequence, length. Commits follow each other in a segment, so the
 * offset is written as its difference from where the commit would be if all in the segment had the same length, which
 * takes half the bits. Safe for use by many threads.
 */
final class RecordFields implements ValueFields {

    private static final int FIELDS = 4;
    private static final int FRACTION_BITS = 16;

    private final Map<Integer, Content> contents = new HashMap<>();
    private final long sequence;
    private Content last = Content.none(0); // Most records are in the segment of the one before; races do no harm.

    private RecordFields(long sequence) {
        this.sequence = sequence;
    }

    /**
     * Returns the fields for records in these segments.
     *
     * @param sequence the last commit
     */
    static RecordFields of(List<LogMark.SegmentMark> segments, long sequence) {
        RecordFields fields = new RecordFields(sequence);
        for (LogMark.SegmentMark segment : segments) {
            int frames = Math.max(0, segment.figures().frames());
            long bytesPerFrame = frames == 0 ? 0 : ((long) segment.bytes() << FRACTION_BITS) / frames;
            long oldest = segment.figures().oldestPut();
            fields.contents.put(
                    segment.id(), new Content(segment.id(), segment.bytes(), oldest, frames, bytesPerFrame));
        }
        return fields;
    }

    @Override
    public int count() {
        return FIELDS;
    }

    @Override
    public void split(long[] words, long[] fields) {
        RecordPointer pointer = RecordPointer.LAYOUT.read(words, 0, words.length);
        fields[0] = pointer.segment();
        fields[1] = pointer.offset() - contentOf(pointer.segment()).expectedOffset(pointer.sequence());
        fields[2] = pointer.sequence();
        fields[3] = pointer.length();
    }

    @Override
    public boolean join(long[] fields, long[] words) {
        Content segment = contentOf((int) fields[0]);
        long offset = fields[1] + segment.expectedOffset(fields[2]);
        long length = fields[3];
        RecordPointer.writeWords((int) fields[0], (int) offset, (int) length, fields[2], words, 0);
        return fields[0] == (int) fields[0]
                && offset > 0
                && length > 0
                && offset <= segment.bytes
                && length <= segment.bytes - offset
                && fields[2] > 0
                && fields[2] <= sequence;
    }

    private Content contentOf(int segment) {
        Content known = last;
        if (known.segment != segment) {
            Content found = contents.get(segment);
            known = found == null ? Content.none(segment) : found;
            last = known;
        }
        return known;
    }

    /**
     * The content of a segment.
     *
     * @param oldest the first commit
     * @param bytesPerFrame average length of a frame, times 2^16
     */
    private record Content(int segment, int bytes, long oldest, int frames, long bytesPerFrame) {

        /** Returns the content of an empty segment. */
        static Content none(int segment) {
            return new Content(segment, 0, 0, 0, 0);
        }

        /** Returns where a commit would be if all had the same length. */
        long expectedOffset(long commit) {
            return (Math.max(0, Math.min(frames, commit - oldest)) * bytesPerFrame) >> FRACTION_BITS;
        }
    }
}
