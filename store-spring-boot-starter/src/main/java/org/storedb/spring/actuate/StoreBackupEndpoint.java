package org.storedb.spring.actuate;

import java.nio.file.Path;
import java.util.Map;
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
 * Actuator endpoint that shows the latest backup of a store and takes one, into the directory that the configuration names
 * for it: no request can choose another. See {@link StoreEndpoint} for several stores. On the web, the write operation wants the content type {@code application/json}.
 */
@Endpoint(id = "storebackup")
public class StoreBackupEndpoint implements DisposableBean {

    private static final String NO_DIRECTORY =
            "No directory for backups is configured; set the property 'store.backup.directory', or"
                    + " 'store.additional.<name>.backup.directory' for an additional store";

    private final NamedStores stores;
    private final Map<String, Path> directories;
    private final BackgroundOperations<BackupReport> backups = new BackgroundOperations<>("store-backup-");

    /**
     * An endpoint for an application's only store.
     *
     * @param directory where backups go, or {@code null} if none can be taken
     */
    public StoreBackupEndpoint(Store store, @Nullable Path directory) {
        this(NamedStores.only(store), directory == null ? Map.of() : Map.of("store", directory));
    }

    /**
     * An endpoint.
     *
     * @param directories where backups of each store go, by the names of the stores; of those that are missing none can be taken
     */
    public StoreBackupEndpoint(NamedStores stores, Map<String, Path> directories) {
        this.stores = stores;
        this.directories = Map.copyOf(directories);
    }

    @ReadOperation
    public BackupStatus status(@Nullable String store) {
        Path target = directories.get(stores.orDefault(store));
        return new BackupStatus(
                target == null ? null : target.toString(),
                target == null ? NO_DIRECTORY : null,
                backups.of(stores.get(store)).status());
    }

    /**
     * Starts a backup and does not wait for it; one that is running already goes on instead.
     *
     * @param mode how much is copied; {@code null} for what the latest backup does not have
     * @param store the name of its bean, or {@code null} for the first one
     */
    @WriteOperation
    public StartedBackup start(@Nullable BackupMode mode, @Nullable String store) {
        Store saved = stores.get(store);
        if (!saved.isOpen()) {
            throw new StoreClosedException("The store is closed; no backup can be taken of it");
        }
        Path target = directories.get(stores.orDefault(store));
        BackupMode wanted = mode == null ? BackupMode.INCREMENTAL : mode;
        boolean started = target != null && backups.of(saved).start(monitor -> saved.backup(target, wanted, monitor));
        return new StartedBackup(started, status(store));
    }

    @Override
    public void destroy() {
        backups.close();
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
