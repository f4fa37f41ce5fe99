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
 * Exclusive ownership of a directory: an operating system lock on a file in it, which is released when the process is
 * killed, and a registry in this JVM.
 *
 * <p>The registry is what makes the file lock safe: a POSIX lock is lost as soon as its process closes any descriptor
 * of the file, so the file must not be opened twice within one JVM. For the same reason the file is never deleted. Its
 * content, the owner's process id, is only informational.
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
     * Acquires a lock for reading, which changes nothing in the directory: it excludes writers, and other readers of
     * this JVM. For a directory that has never contained a store, the lock is only effective in this JVM.
     */
    static DirectoryLock acquireForReading(Path realDirectory) throws IOException {
        return acquire(realDirectory, true);
    }

    private static DirectoryLock acquire(Path realDirectory, boolean forReading) throws IOException {
        if (!HELD_BY_THIS_JVM.add(realDirectory)) {
            throw lockedByThisProcess(realDirectory);
        }
        boolean interrupted = Thread.interrupted(); // An interrupt would close the channel of the file.
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

    @SuppressWarnings("resource") // Owned by the lock that is returned.
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

    @SuppressWarnings("resource") // Owned by the lock that is returned.
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
            // The usual case after the first time.
        }
    }

    private static @Nullable FileLock tryLock(Path directory, RandomAccessFile file, boolean shared)
            throws IOException {
        try {
            return file.getChannel().tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            // A holder in this JVM that is not in the registry: another copy of this class, or another name of the
            // directory. Closing the file would release that holder's lock.
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
        if (pid != null && pid == ProcessHandle.current().pid()) { // Often 1, which many containers have.
            owner = "another process (pid " + pid + " in another container)";
            pid = null;
        }
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
            return null; // The owner may be about to write it; the message omits it.
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
