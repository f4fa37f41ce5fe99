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
 * Actuator endpoint that shows the latest backup of a store and takes one, into the directory configured for it: no
 * request can choose another. See {@link StoreEndpoint} for several stores. On the web, the write operation requires
 * the content type {@code application/json}.
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
     * Creates an endpoint for an application's only store.
     *
     * @param directory the directory for backups, or {@code null} if none can be taken
     */
    public StoreBackupEndpoint(Store store, @Nullable Path directory) {
        this(NamedStores.only(store), directory == null ? Map.of() : Map.of("store", directory));
    }

    /**
     * Creates an endpoint.
     *
     * @param directories the directories for backups, by the names of the stores; without one, none can be taken
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
     * Starts a backup without waiting for it; one that is already running continues instead.
     *
     * @param mode what to copy; {@code null} for what the latest backup lacks
     * @param store the name of the store's bean, or {@code null} for the default store
     */
    @WriteOperation
    public StartedBackup start(@Nullable BackupMode mode, @Nullable String store) {
        Store saved = stores.get(store);
        if (!saved.isOpen()) {
            throw new StoreClosedException("The store is closed; it cannot be backed up");
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
     * @param directory the directory for backups, or {@code null}
     * @param problem the reason why none can be taken, or {@code null}
     */
    public record BackupStatus(
            @Nullable String directory, @Nullable String problem, OperationStatus<BackupReport> operation) {}

    /**
     * The result of starting a backup.
     *
     * @param started whether a backup was started
     * @param status the state right after the call
     */
    public record StartedBackup(boolean started, BackupStatus status) {}
}
