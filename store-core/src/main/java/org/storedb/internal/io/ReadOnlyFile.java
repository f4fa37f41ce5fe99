package org.storedb.internal.io;

import java.nio.file.ReadOnlyFileSystemException;
import org.storedb.storage.StorageFile;

/** A file that is only read. */
public abstract class ReadOnlyFile implements StorageFile {

    @Override
    public final void write(long position, byte[] source, int offset, int length) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void resize(long newSize) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void sync() {
        throw new ReadOnlyFileSystemException();
    }
}
