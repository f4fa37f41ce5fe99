package org.storedb.internal.log;

import java.io.IOException;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageDirectory;

/**
 * Marks a directory in which a store is being assembled from elsewhere. As long as the mark exists, the files beside it
 * are not taken for a store: neither for a complete one, nor for one that has to be created.
 */
public final class UnfinishedStore {

    private static final String MARK_NAME = "store.unfinished";

    private UnfinishedStore() {}

    /** Marks an empty directory, durably. */
    public static void begin(StorageDirectory directory) throws IOException {
        directory.create(MARK_NAME, 0).close();
        directory.sync();
    }

    /** Removes the mark, durably, after everything else is durable. */
    public static void end(StorageDirectory directory) throws IOException {
        directory.delete(MARK_NAME);
        directory.sync();
    }

    /** Deletes everything that was put into the directory, the mark last. */
    public static void discard(StorageDirectory directory) throws IOException {
        for (String name : directory.list()) {
            boolean manifest = name.equals(ManifestFile.NAME) || name.equals(ManifestFile.NEW_NAME);
            if (manifest || Leftovers.isOfTheLog(name)) {
                directory.delete(name);
            }
        }
        directory.sync();
        if (directory.list().contains(MARK_NAME)) {
            end(directory);
        }
    }

    /**
     * Rejects a directory that is marked.
     *
     * @throws CorruptStoreException if it is
     */
    public static void refuse(StorageDirectory directory) throws IOException {
        if (directory.list().contains(MARK_NAME)) {
            throw new CorruptStoreException(
                    MARK_NAME,
                    0,
                    "A restore or a salvage into " + directory.description()
                            + " was interrupted; remove the files in it, then run it again");
        }
    }
}
