package org.storedb.internal.log;

import java.io.IOException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** Provides the files of segments. */
@FunctionalInterface
interface SegmentFiles {

    /**
     * Opens the file of a segment.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    StorageFile open(int segmentId) throws IOException;

    /** Returns the segment files in a directory. */
    static SegmentFiles in(StorageDirectory directory) {
        return segmentId -> directory.open(LogFormat.segmentFileName(segmentId));
    }
}
