package org.storedb.internal.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A folder of files that gets its name only when it is complete. Its files are not synced one by one: for a large
 * number this would take minutes. For one thread.
 */
public final class NewFolder implements Closeable {

    private final Path target;
    private final Path beside;
    private boolean complete;

    private NewFolder(Path target, Path beside) {
        this.target = target;
        this.beside = beside;
    }

    /**
     * Begins a folder.
     *
     * @param target an empty folder, or one that does not exist yet
     * @throws java.nio.file.DirectoryNotEmptyException if it is not empty
     */
    public static NewFolder create(Path target, RandomGenerator random) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new NotDirectoryException(target + " is not the name of a folder");
        }
        FileSystemDirectory.requireEmpty(absolute);
        String temporaryName = "." + name + "." + Long.toHexString(random.nextLong()) + ".new";
        Path beside = Files.createDirectory(parent.resolve(temporaryName), FileSystemDirectory.ownerOnly("rwx------"));
        return new NewFolder(absolute, beside);
    }

    /**
     * Adds a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file system considers the name taken
     */
    public void add(String name, byte[] content) throws IOException {
        Path file = Files.createFile(beside.resolve(name), FileSystemDirectory.ownerOnly("rw-------"));
        Files.write(file, content);
    }

    /** Gives the folder its name. */
    public void complete() throws IOException {
        Files.deleteIfExists(target);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        complete = true;
    }

    /** Deletes the folder if it is not complete. */
    @Override
    public void close() throws IOException {
        if (!complete) {
            complete = true;
            try (Stream<Path> files = Files.list(beside)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.delete(file);
                }
            }
            Files.delete(beside);
        }
    }
}
