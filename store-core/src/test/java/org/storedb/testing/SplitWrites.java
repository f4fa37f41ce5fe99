package org.storedb.testing;

import java.io.IOException;
import java.util.List;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory in which each write is done in two halves, with something in between: others may see the first one alone. */
public final class SplitWrites implements StorageDirectory {

    private final StorageDirectory delegate;
    private final Runnable between;

    public SplitWrites(StorageDirectory delegate, Runnable between) {
        this.delegate = delegate;
        this.between = between;
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        return new SplitFile(delegate.create(name, capacityBytes));
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return new SplitFile(delegate.open(name));
    }

    @Override
    public List<String> list() throws IOException {
        return delegate.list();
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

    private final class SplitFile implements StorageFile {

        private final StorageFile file;

        SplitFile(StorageFile file) {
            this.file = file;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            int half = length / 2;
            file.write(position, source, offset, half);
            between.run();
            file.write(position + half, source, offset + half, length - half);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            file.read(position, target, offset, length);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void resize(long newSize) throws IOException {
            file.resize(newSize);
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
