package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageFile;

/**
 * Files of segments that are opened all at once, so that none of them can be deleted while another is being read. Each
 * is handed out once; a second request opens it again.
 */
final class HeldFiles implements SegmentFiles, Closeable {

    private final SegmentFiles source;
    private final Map<Integer, StorageFile> held = new HashMap<>();

    private HeldFiles(SegmentFiles source) {
        this.source = source;
    }

    /** Opens the files of these segments. */
    static HeldFiles open(SegmentFiles source, Set<Integer> segmentIds) throws IOException {
        HeldFiles files = new HeldFiles(source);
        try {
            for (int id : segmentIds) {
                files.held.put(id, source.open(id));
            }
            return files;
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, files);
            throw e;
        }
    }

    @Override
    public StorageFile open(int segmentId) throws IOException {
        StorageFile file = held.remove(segmentId);
        return file == null ? source.open(segmentId) : file;
    }

    /** Closes the files that were not handed out. */
    @Override
    public void close() throws IOException {
        Closing.all(held.values());
    }
}
