package org.storedb.spring.actuate;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.Store;
import org.storedb.error.StoreClosedException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;

/**
 * Actuator endpoint that shows the latest backup and takes one, into the directory that the configuration names: no
 * request can choose another. On the web, the write operation wants the content type {@code application/json}.
 */
@Endpoint(id = "storebackup")
public class StoreBackupEndpoint implements DisposableBean {

    private static final String NO_DIRECTORY =
            "No directory for backups is configured; set the property 'store.backup.directory'";

    private final Store store;
    private final @Nullable Path directory;
    private final BackgroundOperation<BackupReport> backup = new BackgroundOperation<>("store-backup-");

    /**
     * An endpoint.
     *
     * @param directory where backups go, or {@code null} if none can be taken
     */
    public StoreBackupEndpoint(Store store, @Nullable Path directory) {
        this.store = store;
        this.directory = directory;
    }

    @ReadOperation
    public BackupStatus status() {
        Path target = directory;
        return new BackupStatus(
                target == null ? null : target.toString(), target == null ? NO_DIRECTORY : null, backup.status());
    }

    /**
     * Starts a backup and does not wait for it; one that is running already goes on instead.
     *
     * @param mode how much is copied; {@code null} for what the latest backup does not have
     */
    @WriteOperation
    public StartedBackup start(@Nullable BackupMode mode) {
        if (!store.isOpen()) {
            throw new StoreClosedException("The store is closed; no backup can be taken of it");
        }
        Path target = directory;
        boolean started = target != null
                && backup.start(monitor -> store.backup(target, mode == null ? BackupMode.INCREMENTAL : mode, monitor));
        return new StartedBackup(started, status());
    }

    @Override
    public void destroy() {
        backup.close();
    }

    /**
     * The state of backups.
     *
     * @param directory where they go, or {@code null}
     * @param problem why none can be taken, or {@code null}
     */
    public record BackupStatus(
            @Nullable String directory, @Nullable String problem, OperationStatus<BackupReport> operation) {}

    /**
     * What a call started.
     *
     * @param started whether it started a backup
     * @param status the state right after the call
     */
    public record StartedBackup(boolean started, BackupStatus status) {}
}
