package org.storedb.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The directory that a store lives in, held exclusively. Changes to directory entries (create, rename, delete) are
 * durable only after {@link #sync()}; writes to a file only after {@link StorageFile#sync()}. Safe for use by many
 * threads.
 */
public interface StorageDirectory extends Closeable {

    /**
     * Creates a file.
     *
     * @param capacityBytes size that is allocated at once, filled with zeros, so that writes up to there do not change
     *     the size of the file; 0 for a file that grows
     * @throws java.nio.file.FileAlreadyExistsException if a file of this name exists
     * @throws StorageFullException if there is no space for it; no file is created
     */
    StorageFile create(String name, long capacityBytes) throws IOException;

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if no file of this name exists
     */
    StorageFile open(String name) throws IOException;

    /** Returns the names of all files, in no particular order. */
    List<String> list() throws IOException;

    /**
     * Returns the bytes that can still be written; {@link Long#MAX_VALUE}, which is the default, if that is unlimited
     * or unknown. This is an estimate: others may also write, and it may not reflect quotas. If there is a limit, the
     * store keeps a ballast file, which it gives up when space runs out.
     */
    default long usableBytes() throws IOException {
        return Long.MAX_VALUE;
    }

    /** Renames a file, atomically replacing any that has the new name. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. If it is still open for reading, reads continue to work. */
    void delete(String name) throws IOException;

    /** Makes all changes to directory entries durable. */
    void sync() throws IOException;

    /** Returns its name for messages. */
    String description();

    /** Releases the directory. */
    @Override
    void close() throws IOException;
}
