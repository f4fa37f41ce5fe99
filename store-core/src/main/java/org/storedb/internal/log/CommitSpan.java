package org.storedb.internal.log;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;

/**
 * The commits whose frames are in a sealed segment.
 *
 * @param first the first of them
 * @param last the last of them
 * @param sealedAtMillis when the segment was sealed, by the wall clock
 */
public record CommitSpan(long first, long last, long sealedAtMillis) {

    /**
     * Returns the span of a sealed segment; {@code null} if it has no commits, only records copied by a compaction.
     *
     * @throws CorruptStoreException if it does not end with a footer
     */
    public static @Nullable CommitSpan of(Segment sealed, UUID storeId) throws IOException {
        SegmentScanner scanner = SegmentScanner.of(sealed, storeId, sealed.bytes());
        FrameHeads.Head first = scanner.heads().contentBehind(scanner.end(), sealed.bytes());
        if (first == null || first.kind() != FrameKind.COMMIT) {
            return null;
        }
        FrameHeader footer = scanner.heads().footer(sealed.bytes());
        if (footer == null) {
            throw Corruption.inFile(sealed.fileName(), sealed.bytes(), "the footer before it is damaged");
        }
        return new CommitSpan(first.sequence(), footer.sequence(), footer.timeMillis());
    }
}
