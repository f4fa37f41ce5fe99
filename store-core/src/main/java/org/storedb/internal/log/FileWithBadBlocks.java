package org.storedb.internal.log;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import org.storedb.internal.io.ReadOnlyFile;
import org.storedb.storage.StorageFile;

/**
 * A file on a damaged medium, for reading. A block that cannot be read counts as damaged: its bytes are replaced, so
 * that no checksum matches. It is tried only once, since a medium may take seconds to fail. For one thread.
 */
final class FileWithBadBlocks extends ReadOnlyFile {

    /** The size of a page: a map of a file fails for at least that much. */
    private static final int BLOCK_BYTES = 4096;

    /** Not zero, which would stand for room that was never written to. */
    private static final byte REPLACEMENT = (byte) 0xFF;

    private final StorageFile file;
    private final Consumer<IOException> firstFailure;
    private final BitSet badBlocks = new BitSet();

    /**
     * Creates a file, which owns the other one.
     *
     * @param firstFailure receives the reason why the first bad block cannot be read
     */
    FileWithBadBlocks(StorageFile file, Consumer<IOException> firstFailure) {
        this.file = file;
        this.firstFailure = firstFailure;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        int bad = badBlocks.nextSetBit(block(position));
        if (bad < 0 || (long) bad * BLOCK_BYTES >= position + length) {
            try {
                file.read(position, target, offset, length);
                return;
            } catch (EOFException e) {
                throw e;
            } catch (IOException e) {
                // Some of the blocks may be readable.
            }
        }
        readByBlocks(position, target, offset, length);
    }

    private void readByBlocks(long position, byte[] target, int offset, int length) {
        long end = position + length;
        long from = position;
        while (from < end) {
            long to = Math.min(end, (block(from) + 1L) * BLOCK_BYTES);
            int at = offset + (int) (from - position);
            if (!readBlock(from, target, at, (int) (to - from))) {
                Arrays.fill(target, at, at + (int) (to - from), REPLACEMENT);
            }
            from = to;
        }
    }

    private boolean readBlock(long position, byte[] target, int offset, int length) {
        if (badBlocks.get(block(position))) {
            return false;
        }
        try {
            file.read(position, target, offset, length);
            return true;
        } catch (IOException e) {
            if (badBlocks.isEmpty()) {
                firstFailure.accept(e);
            }
            badBlocks.set(block(position));
            return false;
        }
    }

    private static int block(long position) {
        return (int) (position / BLOCK_BYTES);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
