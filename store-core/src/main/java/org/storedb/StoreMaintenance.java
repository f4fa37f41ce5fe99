package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreIoException;
import org.storedb.internal.backup.BackupTaker;
import org.storedb.internal.integrity.Scrubber;
import org.storedb.internal.integrity.StoreVerifier;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.internal.io.StorageErrors;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.ScrubStatus;
import org.storedb.maintenance.VerificationReport;
import org.storedb.storage.StorageDirectory;

/** The maintenance operations of an open store. Safe for use by many threads. */
final class StoreMaintenance {

    private final StoreVerifier verifier;
    private final BackupTaker backups;
    private final Scrubber scrubber;
    private final BooleanSupplier closed;
    private volatile @Nullable BackupReport lastBackup;

    StoreMaintenance(StoreVerifier verifier, BackupTaker backups, Scrubber scrubber, BooleanSupplier closed) {
        this.verifier = verifier;
        this.backups = backups;
        this.scrubber = scrubber;
        this.closed = closed;
    }

    /** Starts the background work. */
    void start() {
        scrubber.start();
    }

    ScrubStatus scrubStatus() {
        return scrubber.status();
    }

    /** Returns the latest backup since the store was opened, or {@code null}. */
    @Nullable
    BackupReport lastBackup() {
        return lastBackup;
    }

    VerificationReport verify(OperationMonitor monitor) {
        try {
            VerificationReport report = verifier.verify(monitor, closed);
            scrubber.noteVerified(report);
            return report;
        } catch (IOException e) {
            throw new StoreIoException("The store cannot be verified: " + StorageErrors.reason(e), e);
        }
    }

    BackupReport backup(Path directory, BackupMode mode, OperationMonitor monitor) {
        try {
            BackupTaker.requireBackupsOnly(directory);
            try (FileSystemDirectory target = FileSystemDirectory.open(directory)) {
                return backup(target, mode, monitor);
            }
        } catch (IOException e) {
            throw new StoreIoException("Cannot use " + directory + " for backups: " + StorageErrors.reason(e), e);
        }
    }

    BackupReport backup(StorageDirectory target, BackupMode mode, OperationMonitor monitor) {
        try {
            BackupReport backup = backups.take(target, mode, monitor, closed);
            lastBackup = backup;
            return backup;
        } catch (IOException e) {
            throw new StoreIoException(
                    "The backup to " + target.description() + " failed: " + StorageErrors.reason(e)
                            + "; it is ignored as incomplete, and earlier backups are unchanged",
                    e);
        }
    }
}
