package org.storedb.testing;

import java.io.IOException;
import java.util.List;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory that forwards every call to another one. */
public abstract class ForwardingDirectory implements StorageDirectory {

    protected final StorageDirectory delegate;

    protected ForwardingDirectory(StorageDirectory delegate) {
        this.delegate = delegate;
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        return delegate.create(name, capacityBytes);
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return delegate.open(name);
    }

    @Override
    public List<String> list() throws IOException {
        return delegate.list();
    }

    @Override
    public long usableBytes() throws IOException {
        return delegate.usableBytes();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        delegate.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        delegate.delete(name);
    }

    @Override
    public void sync() throws IOException {
        delegate.sync();
    }

    @Override
    public String description() {
        return delegate.description();
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }
}
