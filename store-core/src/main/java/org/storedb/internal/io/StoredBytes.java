package org.storedb.internal.io;

import java.io.IOException;
import java.io.InputStream;
import org.storedb.storage.StorageFile;

/** The content of a file in a store's directory as a stream. Closing it closes the file. */
public final class StoredBytes extends InputStream {

    private final StorageFile file;
    private final long size;
    private long position;

    public StoredBytes(StorageFile file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == size) {
            return length == 0 ? 0 : -1;
        }
        int count = (int) Math.min(length, size - position);
        file.read(position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
