package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * is changed; while it is being read, no backup can be added.
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
        return new StoreBackup(new Source(directory.toString(), () -> ReadOnlyDirectory.open(directory), true));
    }

    /** Returns the backups in a directory of any kind, which is held by the caller, who also closes it. */
    public static StoreBackup in(StorageDirectory directory) {
        return new StoreBackup(new Source(directory.description(), () -> directory, false));
    }

    /**
     * Returns all complete backups, oldest first.
     *
     * @throws InvalidBackupException if the manifest of one is damaged, or there are other files
     */
    public List<BackupReport> list() {
        return source.read(BackupRestorer::list);
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
        return restore(source.read(BackupRestorer::latest), target, OperationMonitor.none());
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

    /** A directory of backups, which is opened for each use. */
    private record Source(String name, DirectoryOpener opener, boolean closes) {

        <R> R read(Reading<R> reading) {
            try {
                StorageDirectory directory = opener.open();
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
