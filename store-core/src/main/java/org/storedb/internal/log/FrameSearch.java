package org.storedb.internal.log;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageFile;

/** Finds headers of frames anywhere in a segment. For one thread. */
final class FrameSearch {

    private static final int WINDOW_BYTES = 1 << 16;

    private final StorageFile file;
    private final FrameDecoder decoder;

    FrameSearch(StorageFile file, FrameDecoder decoder) {
        this.file = file;
        this.decoder = decoder;
    }

    /** Returns the first header at or after {@code from} that is whole, ends by {@code end} and meets a condition. */
    @Nullable
    Found first(int from, int end, Predicate<FrameHeader> condition) throws IOException {
        return first(from, end, UnusedEnd.start(file, from), condition);
    }

    /**
     * Like {@link #first(int, int, Predicate)}, if it is known where the zeros begin that the file ends with. The
     * length of a body is not zero, and only little of a header follows it: a header can end among the zeros, but not
     * far after their start.
     */
    @Nullable
    Found first(int from, int end, long unusedStart, Predicate<FrameHeader> condition) throws IOException {
        long searchEnd = Math.min(end, unusedStart + FrameFormat.HEADER_BYTES_MAX);
        byte[] window = new byte[(int) Math.min(WINDOW_BYTES, Math.max(0, searchEnd - from))];
        int step = WINDOW_BYTES - FrameFormat.HEADER_BYTES_MAX;
        for (long start = from; start + FrameFormat.HEADER_BYTES_LEAST <= searchEnd; start += step) {
            int length = (int) Math.min(WINDOW_BYTES, searchEnd - start);
            file.read(start, window, 0, length);
            for (int at = 0; at < Math.min(length, step); at++) {
                int offset = (int) start + at;
                FrameHeader found = decoder.header(window, at, length, offset);
                if (decoder.bytesMissed() > 0) {
                    found = headerAt(offset, searchEnd);
                }
                if (found != null && condition.test(found)) {
                    return new Found(found, offset);
                }
            }
        }
        return null;
    }

    /**
     * Returns the sequence of a commit that omits it, derived from the next one that gives it, if all frames up to
     * there are linked.
     *
     * @return {@link FrameFormat#SEQUENCE_NOT_GIVEN} if there is none by {@code end}
     */
    long sequenceFromNext(FrameHeader header, int offset, int end) throws IOException {
        FrameHeader known = header;
        long at = offset;
        int steps = 0;
        while (!known.hasSequence()) {
            at += known.frameBytes();
            FrameHeader next = at < end ? headerAt((int) at, end) : null;
            if (next == null || next.link() != FrameFormat.link(known.checksum())) {
                return FrameFormat.SEQUENCE_NOT_GIVEN;
            }
            known = next;
            steps++;
        }
        return switch (known.kind()) {
            case COMMIT -> known.sequence() - steps;
            case FOOTER -> known.sequence() - steps + 1; // It repeats the sequence of the last commit.
            case RELOCATION -> FrameFormat.SEQUENCE_NOT_GIVEN;
        };
    }

    /** Returns the header at {@code offset}, which ends by {@code end}, or {@code null} if there is no valid one. */
    @Nullable
    FrameHeader headerAt(int offset, long end) throws IOException {
        int length = (int) Math.min(FrameFormat.HEADER_BYTES_MAX, end - offset);
        FrameHeader found = length <= 0 ? null : read(offset, length);
        int missed = length <= 0 ? 0 : decoder.bytesMissed();
        return found == null && missed > length && missed <= end - offset ? read(offset, missed) : found;
    }

    private @Nullable FrameHeader read(int offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.read(offset, bytes, 0, length);
        return decoder.header(bytes, 0, length, offset);
    }

    /** A header and its offset. */
    record Found(FrameHeader header, int offset) {}
}
