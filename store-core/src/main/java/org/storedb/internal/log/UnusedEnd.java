package org.storedb.internal.log;

import java.io.IOException;
import java.util.Arrays;
import org.storedb.storage.StorageFile;

/** The zeros at the end of a file: mostly room that was never written to. */
final class UnusedEnd {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private UnusedEnd() {}

    /** Returns where they begin, not before {@code least}: everything after it is zeros, and the byte before is not. */
    static long start(StorageFile file, long least) throws IOException {
        byte[] chunk = new byte[(int) Math.max(0, Math.min(CHUNK_BYTES, file.size() - least))];
        long end = file.size();
        while (end > least) {
            int length = (int) Math.min(chunk.length, end - least);
            file.read(end - length, chunk, 0, length);
            if (!Arrays.equals(chunk, 0, length, ZEROS, 0, length)) {
                return end - length + usedBytes(chunk, length);
            }
            end -= length;
        }
        return least;
    }

    private static int usedBytes(byte[] chunk, int length) {
        int used = length;
        while (chunk[used - 1] == 0) {
            used--;
        }
        return used;
    }
}
