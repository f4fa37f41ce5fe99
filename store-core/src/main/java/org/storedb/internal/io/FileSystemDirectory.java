package org.storedb.internal.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory of the file system, readable by its owner only. */
public final class FileSystemDirectory implements StorageDirectory {

    /** A file that exists in each directory of a store or of backups, but belongs to neither. */
    public static final String LOCK_FILE_NAME = DirectoryLock.FILE_NAME;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path path;
    private final @Nullable DirectoryLock lock;
    private volatile @Nullable FileStore fileStore; // To find it, all mounts are read.

    private FileSystemDirectory(Path path, @Nullable DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory, durably creating it if it does not exist.
     *
     * @throws org.storedb.error.StoreLockedException if another holder has it
     * @throws IOException also if others than the owner could put files into it, or replace it by another directory
     */
    public static FileSystemDirectory open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly("rwx------"));
        }
        requireSafe(directory);
        Path real = directory.toRealPath();
        if (!Files.exists(real.resolve(DirectoryLock.FILE_NAME))) {
            syncAncestors(real); // It may be new, and so may its parents.
        }
        return new FileSystemDirectory(real, DirectoryLock.acquire(real));
    }

    /**
     * Returns a directory that belongs to others, in which a file is to be created: it is not taken, and must exist.
     */
    static FileSystemDirectory shared(Path directory) throws IOException {
        return new FileSystemDirectory(directory.toRealPath(), null);
    }

    /**
     * Creates a directory beside {@code target}, which {@link #moveTo} puts in its place.
     *
     * @param name the new directory's name
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     * @throws java.nio.file.DirectoryNotEmptyException if {@code target} is a directory that is not empty
     */
    public static FileSystemDirectory createBeside(Path target, String name) throws IOException {
        requireEmpty(target);
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new NotDirectoryException(target + " has no parent directory");
        }
        Files.createDirectories(parent, ownerOnly("rwx------"));
        Path created = Files.createDirectory(parent.resolve(name), ownerOnly("rwx------"));
        return open(created);
    }

    /** Accepts only an empty directory or a missing one. */
    static void requireEmpty(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(target.toString());
        }
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new DirectoryNotEmptyException(target.toString());
            }
        }
    }

    /**
     * Accepts only a regular file. If that cannot be found out, the file is not taken for a missing one.
     *
     * @throws NoSuchFileException if there is none
     */
    static void requireFile(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new NoSuchFileException(file.toString(), null, "it is not a regular file");
        }
    }

    private static void requireSafe(Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "it is a symbolic link; use the directory that it points to, " + directory.toRealPath());
        }
        if (POSIX) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new FileSystemException(
                        directory.toString(),
                        null,
                        "users other than its owner may write to it (" + PosixFilePermissions.toString(permissions)
                                + "); remove that permission, for example with chmod go-w");
            }
        }
    }

    /** Releases this directory and moves it to {@code target}, which is empty or missing, durably. */
    public void moveTo(Path target) throws IOException {
        close();
        if (WINDOWS) {
            Files.deleteIfExists(target); // On such systems, a directory does not replace an empty one.
        }
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        syncAncestors(target.toRealPath());
    }

    /** Releases this directory and deletes it with all files in it. */
    public void delete() throws IOException {
        close();
        for (String name : list()) {
            Files.delete(path.resolve(name));
        }
        Files.delete(path);
    }

    private static void syncAncestors(Path directory) throws IOException {
        for (Path path = directory.getParent(); path != null; path = path.getParent()) {
            try {
                sync(path);
            } catch (AccessDeniedException e) {
                return; // A user who may not read it has not created anything in it, nor above it.
            }
        }
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        Path file = path.resolve(name);
        try {
            Files.createFile(file, ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw StorageErrors.typed(e, path, 0);
        }
        try {
            return opened(file, capacityBytes);
        } catch (IOException e) {
            Closing.after(e, () -> Files.delete(file));
            throw StorageErrors.typed(e, path, 0);
        }
    }

    @Override
    public StorageFile open(String name) throws IOException {
        Path file = path.resolve(name);
        requireFile(file);
        return opened(file, 0);
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (IOException e) {
            throw StorageErrors.typed(e, path, 0);
        }
        return names;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Renames a file, unless there is one with the new name, whoever created it. A crash may leave both names.
     *
     * @throws FileAlreadyExistsException if there is one
     */
    void renameWithoutReplacing(String from, String to) throws IOException {
        Path source = path.resolve(from);
        Path target = path.resolve(to);
        try {
            Files.createLink(target, source);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(source, target); // A file system without links: others have a moment to create the target.
            return;
        }
        Files.delete(source);
    }

    @Override
    public long usableBytes() throws IOException {
        FileStore store = fileStore;
        if (store == null) {
            store = Files.getFileStore(path);
            fileStore = store;
        }
        return usableBytes(store);
    }

    static long usableBytes(Path path) throws IOException {
        return usableBytes(Files.getFileStore(path));
    }

    private static long usableBytes(FileStore store) throws IOException {
        long bytes = store.getUsableSpace();
        return bytes < 0 ? Long.MAX_VALUE : bytes; // Too large to fit.
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        sync(path);
    }

    private static void sync(Path directory) throws IOException {
        if (WINDOWS) {
            return; // Directories cannot be opened there, and their entries are journaled.
        }
        // Unlike a FileChannel, this one is not closed by an interrupt during the sync.
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
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

    @SuppressWarnings("resource") // Owned by the file that is returned.
    private static StorageFile opened(Path path, long capacityBytes) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (capacityBytes > file.length()) {
                file.setLength(capacityBytes);
            }
            return new FileSystemFile(path, file, capacityBytes > 0 ? 0 : file.length());
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, file);
            throw e;
        }
    }

    static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
