package org.storedb.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The directory that a store lives in, held exclusively. What happens to entries (create, rename, delete) is durable only
 * after {@link #sync()}; what is written to a file only after {@link StorageFile#sync()}. Safe for use by many threads.
 */
public interface StorageDirectory extends Closeable {

    /**
     * Creates a file.
     *
     * @param capacityBytes size that the file gets at once, filled with zeros, so that appending up to there does not
     *     change its size; 0 for a file that grows
     * @throws java.nio.file.FileAlreadyExistsException if there is one of this name
     * @throws StorageFullException if there is no space for it; there is no file of this name then
     */
    StorageFile create(String name, long capacityBytes) throws IOException;

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of this name
     */
    StorageFile open(String name) throws IOException;

    /** Names of all files, in no order. */
    List<String> list() throws IOException;

    /**
     * Bytes that can still be written; {@link Long#MAX_VALUE}, which is the default, if that has no bound or is not known.
     * An estimate: others may write, too, and quotas may not show in it. Where there is one, the store keeps a file of
     * ballast, to give up when the space is used up.
     */
    default long usableBytes() throws IOException {
        return Long.MAX_VALUE;
    }

    /** Renames a file, atomically replacing the one that has the new name. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. Where it is still open for reading, reads go on to work. */
    void delete(String name) throws IOException;

    /** Makes all that happened to entries durable. */
    void sync() throws IOException;

    /** What to call it in messages. */
    String description();

    /** Gives the directory free for others. */
    @Override
    void close() throws IOException;
}
