package org.storedb.internal.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * A directory of the file system in which nothing is changed, usually held so that no other holder changes it either.
 */
public final class ReadOnlyDirectory implements StorageDirectory {

    private final Path path;
    private final @Nullable DirectoryLock lock;

    private ReadOnlyDirectory(Path path, @Nullable DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory.
     *
     * @throws org.storedb.error.StoreLockedException if another holder has it
     * @throws NotDirectoryException if it is not a directory
     */
    public static ReadOnlyDirectory open(Path directory) throws IOException {
        Path real = real(directory);
        return new ReadOnlyDirectory(real, DirectoryLock.acquireForReading(real));
    }

    /**
     * Returns the directory without taking it, to read files that no holder changes.
     *
     * @throws NotDirectoryException if it is not a directory
     */
    public static ReadOnlyDirectory shared(Path directory) throws IOException {
        return new ReadOnlyDirectory(real(directory), null);
    }

    private static Path real(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        return directory.toRealPath();
    }

    @Override
    @SuppressWarnings("resource") // Owned by the file that is returned.
    public StorageFile open(String name) throws IOException {
        Path file = path.resolve(name);
        FileSystemDirectory.requireFile(file);
        if (Files.size(file) > Integer.MAX_VALUE) {
            throw new IOException(file + " is larger than any file of a store");
        }
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r");
        try {
            return new FileSystemFile(file, opened, 0);
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, opened);
            throw e;
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        throw readOnly();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        throw readOnly();
    }

    @Override
    public void delete(String name) throws IOException {
        throw readOnly();
    }

    @Override
    public void sync() throws IOException {
        throw readOnly();
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    private AccessDeniedException readOnly() {
        return new AccessDeniedException(path.toString(), null, "it was opened for reading only");
    }
}
