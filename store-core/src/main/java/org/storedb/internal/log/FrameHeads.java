package org.storedb.internal.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.SegmentScanner.End;
import org.storedb.storage.StorageFile;

/** Reads the headers of frames without their bodies, which may therefore be damaged. For one thread. */
final class FrameHeads {

    private final StorageFile file;
    private final FrameSearch search;

    FrameHeads(StorageFile file, FrameSearch search) {
        this.file = file;
        this.search = search;
    }

    /**
     * Returns the frame after others, if it ends by {@code newEnd}.
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

    /** Returns the next frame that is not a footer, like {@link #behind}. */
    @Nullable
    Head contentBehind(End before, long newEnd) throws IOException {
        Head head = behind(before, newEnd);
        while (head != null && head.kind() == FrameKind.FOOTER) {
            head = behind(head.end(), newEnd);
        }
        return head;
    }

    /**
     * Returns the header of the footer that ends at {@code bytes}, whose last byte is its length; {@code null} if there
     * is none.
     */
    @Nullable
    FrameHeader footer(int bytes) throws IOException {
        byte[] length = new byte[1];
        file.read(bytes - 1L, length, 0, 1);
        int at = bytes - Byte.toUnsignedInt(length[0]);
        FrameHeader found = at < LogFormat.SEGMENT_HEADER_BYTES ? null : search.headerAt(at, bytes);
        return found == null || found.kind() != FrameKind.FOOTER ? null : found;
    }

    /** Returns whether there is a frame with this header checksum at this offset. */
    boolean has(int offset, int checksum) throws IOException {
        FrameHeader found = search.headerAt(offset, file.size());
        return found != null && found.checksum() == checksum;
    }

    /**
     * The contents of a frame's header.
     *
     * @param end the end of the frames up to and including this one
     */
    record Head(FrameKind kind, End end) {

        /** Returns the sequence of the last commit up to here. */
        long sequence() {
            return end.lastSequence();
        }
    }
}
