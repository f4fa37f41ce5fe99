package org.storedb.testing;

import java.io.IOException;
import org.storedb.storage.StorageFile;

/** A file that forwards to another one all that has no default; so numbers, too, are read by {@link #read}. */
public class ForwardingFile implements StorageFile {

    protected final StorageFile delegate;

    public ForwardingFile(StorageFile delegate) {
        this.delegate = delegate;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
        delegate.write(position, source, offset, length);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        delegate.read(position, target, offset, length);
    }

    @Override
    public long size() throws IOException {
        return delegate.size();
    }

    @Override
    public void resize(long newSize) throws IOException {
        delegate.resize(newSize);
    }

    @Override
    public void sync() throws IOException {
        delegate.sync();
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }
}
