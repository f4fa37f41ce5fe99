package org.storedb.internal.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storedb.internal.index.ValueFields;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.transaction.RecordPointer;

/**
 * Takes apart where records are: segment, offset, sequence, length. Commits follow each other in a segment, so the offset is
 * written as its difference to where the commit would be if all in the segment were of one length, which takes half the
 * bits. For one thread.
 */
final class RecordFields implements ValueFields {

    private static final int FIELDS = 4;
    private static final int FRACTION_BITS = 16;
    private static final Expectation NONE = new Expectation(0, 0, 0);

    private final Map<Integer, Expectation> expectations = new HashMap<>();
    private int lastSegment;
    private Expectation last = NONE;

    private RecordFields() {}

    /** For records in these segments. */
    static RecordFields of(List<LogMark.SegmentMark> segments) {
        RecordFields fields = new RecordFields();
        for (LogMark.SegmentMark segment : segments) {
            int frames = segment.figures().frames();
            if (frames > 0) {
                long bytesPerFrame = ((long) segment.bytes() << FRACTION_BITS) / frames;
                long oldest = segment.figures().oldestPut();
                fields.expectations.put(segment.id(), new Expectation(oldest, frames, bytesPerFrame));
            }
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
        fields[1] = pointer.offset() - expectedOffset(pointer.segment(), pointer.sequence());
        fields[2] = pointer.sequence();
        fields[3] = pointer.length();
    }

    @Override
    public void join(long[] fields, long[] words) {
        int segment = (int) fields[0];
        long sequence = fields[2];
        int offset = (int) (fields[1] + expectedOffset(segment, sequence));
        RecordPointer.LAYOUT.write(new RecordPointer(segment, offset, (int) fields[3], sequence), words, 0);
    }

    private long expectedOffset(int segment, long sequence) {
        if (segment != lastSegment) {
            lastSegment = segment;
            last = expectations.getOrDefault(segment, NONE);
        }
        return last.offset(sequence);
    }

    /**
     * Where the commits of a segment are about.
     *
     * @param oldest the first of them
     * @param bytesPerFrame times 2^16
     */
    private record Expectation(long oldest, int frames, long bytesPerFrame) {

        long offset(long sequence) {
            return Math.max(0, Math.min(frames, sequence - oldest)) * bytesPerFrame >> FRACTION_BITS;
        }
    }
}
