package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.ReadOnlyDirectory;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.salvage.Salvager;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;
import org.storedb.storage.StorageDirectory;

/**
 * The last resort: creates a new, sound store from what is still readable of a damaged one that can no longer be
 * opened. A backup, if there is one, is better.
 *
 * <pre>{@code
 * SalvageReport report = StoreSalvage.run(Path.of("damaged"), Path.of("salvaged"));
 * }</pre>
 */
public final class StoreSalvage {

    private StoreSalvage() {}

    /**
     * Salvages a store with default options and no monitor; see
     * {@link #run(Path, Path, StoreOptions, OperationMonitor)}.
     */
    public static SalvageReport run(Path damaged, Path target) {
        return run(damaged, target, StoreOptions.defaults(), OperationMonitor.none());
    }

    /**
     * Salvages a store. The new one is created next to the target and replaces it once it is complete. It has the
     * newest readable version of each key, with revisions, collections and indexes, and an id of its own.
     *
     * @param damaged only read
     * @param target an empty directory, or one that does not exist yet
     * @param options provide the keys of an encrypted store, which is encrypted again, and the segment size
     * @throws org.storedb.error.StoreLockedException if the damaged store is open
     * @throws org.storedb.error.CorruptStoreException if nothing in the directory is usable
     * @throws org.storedb.error.WrongKeyException if it is encrypted with other keys
     * @throws org.storedb.error.MissingLibraryException if values are compressed by a library that is not there
     * @throws InvalidBackupException if the target is not empty
     * @throws StoreIoException if the file system reports an error
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; the target is left without a
     *     store
     */
    public static SalvageReport run(Path damaged, Path target, StoreOptions options, OperationMonitor monitor) {
        Environment environment = Environment.withoutTasks();
        try (ReadOnlyDirectory source = ReadOnlyDirectory.open(damaged)) {
            return TargetDirectory.fill(
                    target, "salvaging", environment, beside -> run(source, beside, environment, options, monitor));
        } catch (IOException e) {
            throw failed(damaged.toString(), e);
        }
    }

    /**
     * Salvages a store in a directory of any kind. Until this returns, no store can be opened at the target.
     *
     * @param damaged only read; held by the caller, who also closes it
     * @param target empty; held by the caller, who also closes it
     * @param options provide the keys of an encrypted store, which is encrypted again, and the segment size
     */
    public static SalvageReport run(
            StorageDirectory damaged, StorageDirectory target, StoreOptions options, OperationMonitor monitor) {
        try {
            return run(damaged, target, Environment.withoutTasks(), options, monitor);
        } catch (IOException e) {
            throw failed(damaged.description(), e);
        }
    }

    private static SalvageReport run(
            StorageDirectory damaged,
            StorageDirectory target,
            Environment environment,
            StoreOptions options,
            OperationMonitor monitor)
            throws IOException {
        ProgressMeter meter = new ProgressMeter("The salvage", monitor, () -> false);
        KeyRing keys = options.keyRing(environment.random());
        return new Salvager(damaged, target, environment, keys, options.segmentBytes(), meter).run();
    }

    private static StoreIoException failed(String damaged, IOException cause) {
        return new StoreIoException(
                "The store in " + damaged + " cannot be salvaged: " + StorageErrors.reason(cause), cause);
    }
}
