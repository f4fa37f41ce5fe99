package org.storedb.internal.io;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.storedb.storage.StorageFile;

/**
 * A file that is a byte array. Reads need no lock: the array is replaced when it has to grow, and written bytes never
 * change.
 */
final class MemoryFile implements StorageFile {

    private static final int CAPACITY_FIRST_BYTES = 4096;

    private volatile byte[] content = new byte[CAPACITY_FIRST_BYTES];
    private volatile int size;

    @Override
    public synchronized void write(long position, byte[] source, int offset, int length) {
        int end = Math.toIntExact(position + length);
        if (end > content.length) {
            content =
                    Arrays.copyOf(content, Math.max(end, (int) Math.min(2L * content.length, Integer.MAX_VALUE - 16)));
        }
        System.arraycopy(source, offset, content, (int) position, length);
        size = Math.max(size, end);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws EOFException {
        requireWritten(position, length);
        System.arraycopy(content, (int) position, target, offset, length);
    }

    @Override
    public long readNumber(long position, int length) throws EOFException {
        requireWritten(position, length);
        return BufferNumbers.read(ByteBuffer.wrap(content), (int) position, length);
    }

    private void requireWritten(long position, int length) throws EOFException {
        if (position + length > size) {
            throw new EOFException("The file has " + size + " bytes, but " + (position + length) + " were requested");
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void resize(long newSize) {
        int wanted = Math.toIntExact(newSize);
        content = Arrays.copyOf(content, wanted);
        size = wanted;
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
}
