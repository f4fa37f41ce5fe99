package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.backup.BackupRestorer;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.ReadOnlyDirectory;
import org.storedb.internal.io.StorageErrors;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.RestoreReport;
import org.storedb.storage.StorageDirectory;

/**
 * The backups in one directory, as written by {@link Store#backup(Path)}. Needs no open store. Nothing in the directory
 * is changed; while it is being read, no backup can be added, except as {@link #latest} says.
 *
 * <pre>{@code
 * StoreBackup.in(Path.of("/backup/orders")).restore(Path.of("/var/lib/orders"));
 * }</pre>
 */
public final class StoreBackup {

    private final Source source;

    private StoreBackup(Source source) {
        this.source = source;
    }

    /** Returns the backups in a directory of the file system. */
    public static StoreBackup in(Path directory) {
        return new StoreBackup(new Source(
                directory.toString(),
                () -> ReadOnlyDirectory.open(directory),
                () -> ReadOnlyDirectory.shared(directory),
                true));
    }

    /** Returns the backups in a directory of any kind, which is held by the caller, who also closes it. */
    public static StoreBackup in(StorageDirectory directory) {
        return new StoreBackup(new Source(directory.description(), () -> directory, () -> directory, false));
    }

    /**
     * Returns all complete backups, oldest first.
     *
     * @throws InvalidBackupException if the manifest of one is damaged, or there are other files
     */
    public List<BackupReport> list() {
        return list(damage -> {
            throw damage;
        });
    }

    /**
     * Returns all complete backups with sound manifests, oldest first.
     *
     * @param damaged receives the exception for each of the others
     * @throws InvalidBackupException if there are other files
     */
    public List<BackupReport> list(Consumer<InvalidBackupException> damaged) {
        return source.read(backups -> backups.list(damaged));
    }

    /**
     * Returns the latest complete backup; empty if there is none. Only its manifest is read, which never changes: the
     * others may be damaged, and meanwhile backups can be added.
     *
     * @throws InvalidBackupException if its manifest is damaged, or there are other files
     */
    public Optional<BackupReport> latest() {
        return source.readShared(BackupRestorer::latest);
    }

    /**
     * Reads the whole backup, as a restore would.
     *
     * @param number the number of the backup in its directory
     * @throws InvalidBackupException if something is missing, damaged or mixed up
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public BackupReport verify(int number, OperationMonitor monitor) {
        return source.read(backups -> backups.verify(number, meter("The verification of the backup", monitor)));
    }

    /** Creates a store from the latest backup; see {@link #restore(int, Path, OperationMonitor)}. */
    public RestoreReport restore(Path target) {
        BackupReport latest = latest().orElseThrow(
                        () -> new InvalidBackupException("There is no complete backup in " + source.name()));
        return restore(latest.number(), target, OperationMonitor.none());
    }

    /**
     * Verifies a backup, then creates a store from it: next to the target at first, which it replaces once it is
     * complete and durable. The store contains everything that was committed before the backup began.
     *
     * @param number the number of the backup in its directory
     * @param target an empty directory, or one that does not exist yet
     * @throws InvalidBackupException if the backup is not sound or the target not empty; nothing is created
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; nothing is created
     */
    public RestoreReport restore(int number, Path target, OperationMonitor monitor) {
        Environment environment = Environment.withoutTasks();
        return source.read(backups -> TargetDirectory.fill(
                target, "restoring", environment, beside -> restore(backups, number, beside, monitor, environment)));
    }

    /**
     * Creates a store from a backup in a directory of any kind. Until it is complete, no store can be opened there.
     *
     * @param target empty; held by the caller, who also closes it
     * @throws InvalidBackupException if the backup is not sound or the target not empty
     */
    public RestoreReport restore(int number, StorageDirectory target, OperationMonitor monitor) {
        return source.read(backups -> restore(backups, number, target, monitor, Environment.withoutTasks()));
    }

    private static RestoreReport restore(
            BackupRestorer backups,
            int number,
            StorageDirectory target,
            OperationMonitor monitor,
            Environment environment)
            throws IOException {
        long startNanos = environment.nanoTicker().getAsLong();
        BackupReport backup = backups.restore(number, target, meter("The restore", monitor));
        Duration duration = Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
        return new RestoreReport(backup, backup.bytes(), duration);
    }

    private static ProgressMeter meter(String operation, OperationMonitor monitor) {
        return new ProgressMeter(operation, monitor, () -> false);
    }

    /**
     * A directory of backups, which is opened for each use.
     *
     * @param opener takes the directory
     * @param sharing does not take it
     */
    private record Source(String name, DirectoryOpener opener, DirectoryOpener sharing, boolean closes) {

        <R> R read(Reading<R> reading) {
            return read(opener, reading);
        }

        <R> R readShared(Reading<R> reading) {
            return read(sharing, reading);
        }

        private <R> R read(DirectoryOpener way, Reading<R> reading) {
            try {
                StorageDirectory directory = way.open();
                try {
                    return reading.read(new BackupRestorer(directory));
                } finally {
                    if (closes) {
                        directory.close();
                    }
                }
            } catch (IOException e) {
                throw new StoreIoException("The backups in " + name + " cannot be used: " + StorageErrors.reason(e), e);
            }
        }
    }

    @FunctionalInterface
    private interface DirectoryOpener {
        StorageDirectory open() throws IOException;
    }

    @FunctionalInterface
    private interface Reading<R> {
        R read(BackupRestorer backups) throws IOException;
    }
}
