package org.storedb.internal.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A directory of the file system, readable by its owner only. */
public final class FileSystemDirectory implements StorageDirectory {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path path;
    private final DirectoryLock lock;

    private FileSystemDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory, which is created if there is none.
     *
     * @throws org.storedb.error.StoreLockedException if someone else holds it
     */
    public static FileSystemDirectory open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly("rwx------"));
        }
        Path real = directory.toRealPath();
        return new FileSystemDirectory(real, DirectoryLock.acquire(real));
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        Path file = path.resolve(name);
        Files.createFile(file, ownerOnly("rw-------"));
        return opened(file, capacityBytes);
    }

    @Override
    public StorageFile open(String name) throws IOException {
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        return opened(file, 0);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        if (WINDOWS) {
            return; // A directory cannot be opened there, and its entries are journaled.
        }
        // An interrupt closes a channel that is being forced: keep it away, and give it back afterwards.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    @SuppressWarnings("resource") // Belongs to the file that is returned.
    private static StorageFile opened(Path path, long capacityBytes) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        boolean interrupted = Thread.interrupted();
        try {
            if (capacityBytes > file.length()) {
                file.setLength(capacityBytes);
            }
            return new FileSystemFile(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
