package org.storedb;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import org.storedb.error.InvalidBackupException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.storage.StorageDirectory;

/** A directory that receives a whole store or nothing. */
final class TargetDirectory {

    private TargetDirectory() {}

    /**
     * Creates a store in a directory next to the target, then moves that to the target. If anything goes wrong, nothing
     * is left behind.
     *
     * @param purpose part of the name of the temporary directory
     * @throws InvalidBackupException if the target is not empty
     */
    static <R> R fill(Path target, String purpose, Environment environment, Work<R> work) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        FileSystemDirectory beside;
        try {
            String random = Long.toHexString(environment.random().nextLong());
            beside = FileSystemDirectory.createBeside(
                    absolute, "." + absolute.getFileName() + "." + purpose + "-" + random);
        } catch (DirectoryNotEmptyException e) {
            throw new InvalidBackupException(target + " is not empty; use an empty or a new directory", e);
        }
        try {
            R result = work.run(beside);
            beside.moveTo(absolute);
            return result;
        } catch (IOException | RuntimeException | Error e) {
            deleteQuietly(beside);
            throw e;
        }
    }

    private static void deleteQuietly(FileSystemDirectory directory) {
        try {
            directory.delete();
        } catch (IOException e) {
            System.getLogger(TargetDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + directory.description(), e);
        }
    }

    /** Creates a store. */
    @FunctionalInterface
    interface Work<R> {
        R run(StorageDirectory directory) throws IOException;
    }
}
