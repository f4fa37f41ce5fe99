package org.storedb.testing;

import java.io.IOException;
import java.util.List;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory on a medium that cannot read one sector of one file. */
public final class BadSector implements StorageDirectory {

    private static final int BYTES = 512;

    private final StorageDirectory delegate;
    private final String fileName;
    private final long start;

    /**
     * Creates the directory.
     *
     * @param start the first byte of the sector in the file
     */
    public BadSector(StorageDirectory delegate, String fileName, long start) {
        this.delegate = delegate;
        this.fileName = fileName;
        this.start = start;
    }

    @Override
    public StorageFile open(String name) throws IOException {
        StorageFile file = delegate.open(name);
        return name.equals(fileName) ? new PartlyUnreadable(file) : file;
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        return delegate.create(name, capacityBytes);
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

    private final class PartlyUnreadable implements StorageFile {

        private final StorageFile file;

        PartlyUnreadable(StorageFile file) {
            this.file = file;
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            if (position < start + BYTES && position + length > start) {
                throw new IOException("bad sector");
            }
            file.read(position, target, offset, length);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            file.write(position, source, offset, length);
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
