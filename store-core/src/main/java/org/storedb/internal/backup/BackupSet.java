package org.storedb.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidBackupException;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** The backups in a directory. Files that no manifest names are from a backup that was interrupted. */
final class BackupSet {

    private static final int MANIFEST_BYTES_MAX = 256 << 20;

    private final StorageDirectory directory;
    private final List<String> names;

    private BackupSet(StorageDirectory directory, List<String> names) {
        this.directory = directory;
        this.names = names;
    }

    /**
     * Reads the backups in a directory.
     *
     * @throws InvalidBackupException if it has files that belong to no backup
     */
    static BackupSet in(StorageDirectory directory) throws IOException {
        List<String> names = directory.list();
        requireBackupsOnly(directory.description(), names);
        return new BackupSet(directory, names);
    }

    /** Rejects a directory that has other files than those of backups. */
    static void requireBackupsOnly(String directory, List<String> names) {
        for (String name : names) {
            if (BackupFormat.fileNumber(name) == 0 && !name.equals(FileSystemDirectory.LOCK_FILE_NAME)) {
                throw new InvalidBackupException(directory + " is not a backup directory: it has a file '" + name
                        + "'; use an empty directory, or one with backups of this store only");
            }
        }
    }

    /** Numbers of the complete backups, ascending. */
    List<Integer> numbers() {
        return names.stream()
                .map(BackupFormat::manifestNumber)
                .filter(number -> number > 0)
                .sorted()
                .toList();
    }

    /** Returns a number for which no file has been created. */
    int nextNumber() {
        return names.stream().mapToInt(BackupFormat::fileNumber).max().orElse(0) + 1;
    }

    /** Returns the latest complete backup, or {@code null} if there is none. */
    @Nullable
    BackupManifest latest() throws IOException {
        List<Integer> numbers = numbers();
        return numbers.isEmpty() ? null : read(numbers.get(numbers.size() - 1));
    }

    /**
     * Returns a complete backup.
     *
     * @throws InvalidBackupException if there is none with this number, or its manifest is damaged
     */
    BackupManifest read(int number) throws IOException {
        String name = BackupFormat.manifestName(number);
        if (!names.contains(name)) {
            throw new InvalidBackupException("There is no complete backup " + number + " in " + directory.description()
                    + "; the complete ones are " + numbers());
        }
        try (StorageFile file = directory.open(name)) {
            if (file.size() > MANIFEST_BYTES_MAX) {
                throw new InvalidBackupException("The backup cannot be used: " + name + " is damaged, it is too large");
            }
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return BackupFormat.decode(name, bytes);
        }
    }

    /** Deletes what interrupted backups left behind; nothing if a damaged manifest does not say which files it needs. */
    void deleteLeftovers() throws IOException {
        Set<String> needed;
        try {
            needed = neededFiles();
        } catch (InvalidBackupException e) {
            System.getLogger(BackupSet.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "What interrupted backups may have left in {0} is kept: {1}",
                            directory.description(),
                            e.getMessage());
            return;
        }
        for (String name : new ArrayList<>(names)) {
            if (BackupFormat.fileNumber(name) > 0 && !needed.contains(name)) {
                directory.delete(name);
            }
        }
    }

    private Set<String> neededFiles() throws IOException {
        Set<String> needed = new HashSet<>();
        for (int number : numbers()) {
            needed.add(BackupFormat.manifestName(number));
            read(number).pieces().map(BackupManifest.Piece::fileName).forEach(needed::add);
        }
        return needed;
    }
}
