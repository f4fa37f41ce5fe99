package org.storedb.testing;

import java.io.IOException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory in which each write is done in two halves, with something in between: others may see the first one alone. */
public final class SplitWrites extends ForwardingDirectory {

    private final Runnable between;

    public SplitWrites(StorageDirectory delegate, Runnable between) {
        super(delegate);
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

    private final class SplitFile extends ForwardingFile {

        SplitFile(StorageFile file) {
            super(file);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            int half = length / 2;
            super.write(position, source, offset, half);
            between.run();
            super.write(position + half, source, offset + half, length - half);
        }
    }
}
