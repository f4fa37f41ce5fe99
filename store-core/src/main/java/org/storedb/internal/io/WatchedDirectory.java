package org.storedb.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.stream.Stream;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * A directory of the file system that is only read, while another process may be writing to it. Takes no lock, changes
 * nothing, and needs no write permission; the lock file is never opened, because closing it would release the lock of
 * any holder in this process.
 */
public final class WatchedDirectory implements StorageDirectory {

    private final Path path;

    private WatchedDirectory(Path path) {
        this.path = path;
    }

    /**
     * Opens a directory for watching.
     *
     * @throws NoSuchFileException if it does not exist
     */
    public static WatchedDirectory open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        return new WatchedDirectory(directory.toRealPath());
    }

    @Override
    public StorageFile open(String name) throws IOException {
        Path file = path.resolve(name);
        FileSystemDirectory.requireFile(file);
        return WatchedFile.open(file);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public StorageFile create(String name, long capacityBytes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void rename(String from, String to) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(String name) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void sync() {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public void close() {}
}
