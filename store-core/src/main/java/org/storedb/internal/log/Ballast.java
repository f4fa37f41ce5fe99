package org.storedb.internal.log;

import java.io.IOException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/**
 * A file that only occupies space, to be given up when the disk is full: deletes, compaction and the manifest then
 * still find room, and can make more. Nothing depends on it: it may be missing or have any content. For one thread at a
 * time.
 */
final class Ballast {

    static final String NAME = "ballast";

    private static final int SHARE_OF_SEGMENT = 64;
    private static final int BYTES_LEAST = 64 << 10;
    private static final int PIECE_BYTES = 64 << 10;

    private final StorageDirectory directory;
    private final int bytes;

    Ballast(StorageDirectory directory, int segmentBytes) {
        this.directory = directory;
        this.bytes = Math.max(BYTES_LEAST, segmentBytes / SHARE_OF_SEGMENT);
    }

    /** Returns how much space the file occupies. */
    int bytes() {
        return bytes;
    }

    /**
     * Makes sure that the file exists, unless the directory has no bound.
     *
     * @param otherBytes what there must also be space for
     * @return whether there was space for both
     */
    boolean take(long otherBytes) throws IOException {
        try {
            long usable = directory.usableBytes();
            if (usable == Long.MAX_VALUE) {
                return true;
            }
            boolean whole = isWhole();
            if (usable < otherBytes + (whole ? 0 : bytes)) {
                return false;
            }
            if (!whole) {
                release();
                write();
            }
            return true;
        } catch (StorageFullException e) {
            release();
            return false;
        }
    }

    private void write() throws IOException {
        try (StorageFile file = directory.create(NAME, 0)) {
            byte[] piece = incompressible();
            for (int position = 0; position < bytes; position += piece.length) {
                file.write(position, piece, 0, Math.min(piece.length, bytes - position));
            }
        }
    }

    /**
     * Deletes the file, which frees its space.
     *
     * @return whether the file existed
     */
    boolean release() throws IOException {
        return release(directory);
    }

    /** Deletes the file of a directory whose log is not open, as {@link #release()} does. */
    static boolean release(StorageDirectory directory) throws IOException {
        boolean present = directory.list().contains(NAME);
        if (present) {
            directory.delete(NAME);
        }
        return present;
    }

    private boolean isWhole() throws IOException {
        if (!directory.list().contains(NAME)) {
            return false;
        }
        try (StorageFile file = directory.open(NAME)) {
            return file.size() == bytes;
        }
    }

    /** Returns bytes that do not compress: some file systems do not store zeros. */
    private static byte[] incompressible() {
        byte[] piece = new byte[PIECE_BYTES];
        int state = 1;
        for (int i = 0; i < piece.length; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            piece[i] = (byte) (state >>> 24);
        }
        return piece;
    }
}
