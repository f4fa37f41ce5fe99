package org.storedb.spring.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;

/**
 * Actuator endpoint that shows the latest backup of a store and takes one, into the directory configured for it: no
 * request can choose another. See {@link StoreEndpoint} for several stores. On the web, the write operation requires
 * the content type {@code application/json}.
 */
@Endpoint(id = "storebackup")
public class StoreBackupEndpoint implements DisposableBean {

    private static final Log LOGGER = LogFactory.getLog(StoreBackupEndpoint.class);

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
        this.directories = new HashMap<>();
        directories.forEach((store, directory) ->
                this.directories.put(store, directory.toAbsolutePath().normalize()));
    }

    @ReadOperation
    public synchronized BackupStatus status(@Nullable String store) {
        OperationStatus<BackupReport> operation = backups.of(stores.get(store)).status();
        String name = stores.orDefault(store);
        Path target = directories.get(name);
        if (target == null) {
            return new BackupStatus(null, NO_DIRECTORY, null, operation);
        }
        try {
            return new BackupStatus(target.toString(), null, latest(name), operation);
        } catch (StoreException e) {
            return new BackupStatus(target.toString(), e.getMessage(), null, operation);
        }
    }

    /**
     * Returns the latest complete backup in the directory of a store, whichever process took it; {@code null} if there
     * is none.
     *
     * @throws StoreException if it cannot be read
     */
    @Nullable
    BackupReport latest(String store) {
        Path directory = directories.get(store);
        return directory == null || !Files.exists(directory)
                ? null
                : StoreBackup.in(directory).latest().orElse(null);
    }

    /**
     * Starts a backup without waiting for it; one that is already running continues instead.
     *
     * @param mode what to copy; {@code null} for what the latest backup lacks
     * @param store the name of the store's bean, or {@code null} for the default store
     */
    @WriteOperation
    public synchronized StartedBackup start(@Nullable BackupMode mode, @Nullable String store) {
        Store saved = stores.getWritable(store, "backed up");
        if (!saved.isOpen()) {
            throw new StoreClosedException("The store is closed; it cannot be backed up");
        }
        String name = stores.orDefault(store);
        Path target = directories.get(name);
        BackupMode wanted = mode == null ? BackupMode.INCREMENTAL : mode;
        boolean started = target != null
                && backups.of(saved).start(monitor -> logged(name, target, saved.backup(target, wanted, monitor)));
        return new StartedBackup(started, status(store));
    }

    private static BackupReport logged(String store, Path directory, BackupReport backup) {
        LOGGER.info("Backup %d of '%s' is complete in %s: %d bytes, of which %d were copied"
                .formatted(backup.number(), store, directory, backup.bytes(), backup.bytesCopied()));
        return backup;
    }

    @Override
    public void destroy() {
        backups.close();
    }

    /**
     * The state of backups.
     *
     * @param directory the directory for backups, or {@code null}
     * @param problem the reason why none can be taken, or why those in the directory cannot be read, or {@code null}
     * @param latest the latest complete backup in the directory, whichever process took it; {@code null} if there is
     *     none
     */
    public record BackupStatus(
            @Nullable String directory,
            @Nullable String problem,
            @Nullable BackupReport latest,
            OperationStatus<BackupReport> operation) {}

    /**
     * The result of starting a backup.
     *
     * @param started whether a backup was started
     * @param status the state right after the call
     */
    public record StartedBackup(boolean started, BackupStatus status) {}
}
