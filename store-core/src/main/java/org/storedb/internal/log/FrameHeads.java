package org.storedb.internal.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.SegmentScanner.End;
import org.storedb.storage.StorageFile;

/** Looks at the headers of frames and leaves their bodies alone: so each of them may still be damaged. For one thread. */
final class FrameHeads {

    private final StorageFile file;
    private final FrameSearch search;

    FrameHeads(StorageFile file, FrameSearch search) {
        this.file = file;
        this.search = search;
    }

    /**
     * The frame behind others, if it ends by {@code newEnd}.
     *
     * @return {@code null} if there is none that follows them
     */
    @Nullable
    Head behind(End before, long newEnd) throws IOException {
        int offset = before.bytes();
        FrameHeader found = search.headerAt(offset, newEnd);
        boolean follows = found != null && found.link() == FrameFormat.link(before.lastChecksum());
        return found == null || !follows || offset + found.frameBytes() > newEnd
                ? null
                : new Head(
                        found.kind(),
                        new End(
                                (int) (offset + found.frameBytes()),
                                found.checksum(),
                                offset,
                                found.sequenceBehind(before.lastSequence()),
                                found.timeBehind(before.lastTimeMillis())));
    }

    /** The next frame that is no footer, as {@link #behind} gives it. */
    @Nullable
    Head contentBehind(End before, long newEnd) throws IOException {
        Head head = behind(before, newEnd);
        while (head != null && head.kind() == FrameKind.FOOTER) {
            head = behind(head.end(), newEnd);
        }
        return head;
    }

    /** The header of the footer that ends at {@code bytes}, whose last byte is its length; {@code null} if there is none. */
    @Nullable
    FrameHeader footer(int bytes) throws IOException {
        byte[] length = new byte[1];
        file.read(bytes - 1L, length, 0, 1);
        int at = bytes - Byte.toUnsignedInt(length[0]);
        FrameHeader found = at < LogFormat.SEGMENT_HEADER_BYTES ? null : search.headerAt(at, bytes);
        return found == null || found.kind() != FrameKind.FOOTER ? null : found;
    }

    /** Whether there is a frame with this header checksum at this place. */
    boolean has(int offset, int checksum) throws IOException {
        FrameHeader found = search.headerAt(offset, file.size());
        return found != null && found.checksum() == checksum;
    }

    /**
     * What the header of a frame says.
     *
     * @param end the end of the frames with this one
     */
    record Head(FrameKind kind, End end) {

        /** That of the last commit up to here. */
        long sequence() {
            return end.lastSequence();
        }
    }
}
