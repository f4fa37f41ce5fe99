package org.storedb.testing;

import java.io.IOException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory on a medium that cannot read one sector of one file. */
public final class BadSector extends ForwardingDirectory {

    private static final int BYTES = 512;

    private final String fileName;
    private final long start;

    /**
     * Creates the directory.
     *
     * @param start the first byte of the sector in the file
     */
    public BadSector(StorageDirectory delegate, String fileName, long start) {
        super(delegate);
        this.fileName = fileName;
        this.start = start;
    }

    @Override
    public StorageFile open(String name) throws IOException {
        StorageFile file = delegate.open(name);
        return name.equals(fileName) ? new PartlyUnreadable(file) : file;
    }

    private final class PartlyUnreadable extends ForwardingFile {

        PartlyUnreadable(StorageFile file) {
            super(file);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            if (position < start + BYTES && position + length > start) {
                throw new IOException("bad sector");
            }
            super.read(position, target, offset, length);
        }
    }
}
