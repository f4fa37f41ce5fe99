package org.storedb.internal.log;

import java.io.IOException;
import org.storedb.storage.StorageFile;

/**
 * Reads a segment in pieces that grow as the reading goes on: looking at the end of a segment costs little, and reading
 * all of it takes few calls. What was read is not changed any more, so callers may keep parts of it. For one thread.
 */
final class SegmentInput {

    private static final int PIECE_BYTES_LEAST = 1 << 12;
    private static final int PIECE_BYTES_MAX = 1 << 18;

    private final StorageFile file;
    private byte[] bytes = {};
    private int start;
    private int pieceBytes = PIECE_BYTES_LEAST;

    SegmentInput(StorageFile file) {
        this.file = file;
    }

    /** Discards what was read: the segment may have changed since. */
    void forget() {
        bytes = new byte[0];
        pieceBytes = PIECE_BYTES_LEAST;
    }

    /**
     * Reads a part of the segment, unless it has been read already.
     *
     * @param end nothing after it may be read
     * @return where the part begins in {@link #bytes()}
     */
    int read(int from, int length, int end) throws IOException {
        boolean isThere = from >= start && from - start <= bytes.length - length;
        if (!isThere) {
            readPiece(from, length, end);
        }
        return from - start;
    }

    /** Returns the piece that contains the part that was read last. */
    byte[] bytes() {
        return bytes;
    }

    private void readPiece(int from, int length, int end) throws IOException {
        byte[] piece = new byte[Math.max(length, Math.min(pieceBytes, end - from))];
        try {
            file.read(from, piece, 0, piece.length);
        } catch (IOException e) {
            if (piece.length == length) {
                throw e;
            }
            piece = new byte[length]; // The unreadable bytes may be after those that are needed.
            file.read(from, piece, 0, length);
        }
        bytes = piece;
        start = from;
        pieceBytes = Math.min(PIECE_BYTES_MAX, 2 * pieceBytes);
    }
}
