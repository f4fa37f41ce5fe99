package org.storedb.internal.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreLockedException;

/**
 * Exclusive ownership of a directory: a lock of the operating system on a file in it, which a killed process loses by
 * itself, and a registry of this JVM.
 *
 * <p>The registry is what makes the file lock safe: a POSIX lock is gone as soon as its process closes any descriptor of
 * the file, so within one JVM nobody may open the file twice. For the same reason the file is never deleted. Its content,
 * the owner's process id, is information only.
 */
final class DirectoryLock implements Closeable {

    static final String FILE_NAME = "store.lock";

    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

    /** Keeps files from the garbage collector, which would close them. */
    private static final Set<RandomAccessFile> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final @Nullable RandomAccessFile file;
    private boolean closed;

    private DirectoryLock(Path directory, @Nullable RandomAccessFile file) {
        this.directory = directory;
        this.file = file;
    }

    static DirectoryLock acquire(Path realDirectory) throws IOException {
        return acquire(realDirectory, false);
    }

    /**
     * A lock for reading, which changes nothing in the directory: it keeps writers out, and other readers of this JVM. Of a
     * directory that no store was ever in it is a lock in this JVM only.
     */
    static DirectoryLock acquireForReading(Path realDirectory) throws IOException {
        return acquire(realDirectory, true);
    }

    private static DirectoryLock acquire(Path realDirectory, boolean forReading) throws IOException {
        if (!HELD_BY_THIS_JVM.add(realDirectory)) {
            throw lockedByThisProcess(realDirectory);
        }
        boolean interrupted = Thread.interrupted(); // It would close the channel of the file.
        try {
            return forReading ? lockedForReading(realDirectory) : locked(realDirectory);
        } catch (IOException | RuntimeException | Error e) {
            HELD_BY_THIS_JVM.remove(realDirectory);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("resource") // Belongs to the lock that is returned.
    private static DirectoryLock locked(Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        createIfMissing(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileLock lock = tryLock(directory, file, false);
            if (lock == null) {
                throw lockedByOther(directory, path);
            }
            file.setLength(0);
            file.write(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
            return new DirectoryLock(directory, file);
        } catch (IOException | RuntimeException | Error e) {
            if (!NEVER_CLOSED.contains(file)) {
                Closing.after(e, file);
            }
            throw e;
        }
    }

    @SuppressWarnings("resource") // Belongs to the lock that is returned.
    private static DirectoryLock lockedForReading(Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        if (!Files.exists(path)) {
            return new DirectoryLock(directory, null);
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            if (tryLock(directory, file, true) == null) {
                throw lockedByOther(directory, path);
            }
            return new DirectoryLock(directory, file);
        } catch (IOException | RuntimeException | Error e) {
            if (!NEVER_CLOSED.contains(file)) {
                Closing.after(e, file);
            }
            throw e;
        }
    }

    private static void createIfMissing(Path path) throws IOException {
        try {
            Files.createFile(path, FileSystemDirectory.ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // As it is from the second time on.
        }
    }

    private static @Nullable FileLock tryLock(Path directory, RandomAccessFile file, boolean shared)
            throws IOException {
        try {
            return file.getChannel().tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            // Someone in this JVM holds it who is not in the registry: another copy of this class, or another name of
            // the
            // directory. To close the file would take the lock from him.
            NEVER_CLOSED.add(file);
            throw lockedByThisProcess(directory);
        }
    }

    private static StoreLockedException lockedByThisProcess(Path directory) {
        return new StoreLockedException(
                directory.toString(),
                ProcessHandle.current().pid(),
                "The store in " + directory + " is already open in this process; use the open one, or close it first");
    }

    private static StoreLockedException lockedByOther(Path directory, Path path) {
        Long pid = ownerPid(path);
        String owner = pid == null ? "another process" : "another process (pid " + pid + ")";
        return new StoreLockedException(
                directory.toString(),
                pid,
                "The store in " + directory + " is open in " + owner
                        + "; stop that process, or open another directory");
    }

    private static @Nullable Long ownerPid(Path path) {
        try {
            return Long.valueOf(
                    Files.readString(path, StandardCharsets.US_ASCII).trim());
        } catch (IOException | NumberFormatException e) {
            return null; // The owner may be just about to write it; the message does without.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                if (file != null) {
                    file.close();
                }
            } finally {
                HELD_BY_THIS_JVM.remove(directory);
            }
        }
    }
}
