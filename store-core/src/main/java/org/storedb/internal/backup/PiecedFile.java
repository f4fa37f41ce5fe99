package org.storedb.internal.backup;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.storedb.internal.io.ReadOnlyFile;
import org.storedb.storage.StorageFile;

/** Several files read as one, one after another. */
final class PiecedFile extends ReadOnlyFile {

    private final List<StorageFile> files;
    private final long[] ends;

    /** Creates a file from files whose sizes are known. Closes them all when it is closed. */
    PiecedFile(List<StorageFile> files) throws IOException {
        this.files = List.copyOf(files);
        this.ends = new long[files.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += files.get(i).size();
            ends[i] = end;
        }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position + length > size()) {
            throw new EOFException(length + " bytes at " + position + " were requested, but the file has " + size());
        }
        int done = 0;
        for (int i = 0; done < length; i++) {
            long at = position + done;
            if (at < ends[i]) {
                int part = (int) Math.min(length - done, ends[i] - at);
                long begin = i == 0 ? 0 : ends[i - 1];
                files.get(i).read(at - begin, target, offset + done, part);
                done += part;
            }
        }
    }

    @Override
    public long size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public void close() throws IOException {
        for (StorageFile file : files) {
            file.close();
        }
    }
}
