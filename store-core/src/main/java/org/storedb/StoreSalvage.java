package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.ReadOnlyDirectory;
import org.storedb.internal.salvage.Salvager;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;
import org.storedb.storage.StorageDirectory;

/**
 * The last resort: makes a new, sound store of what can still be read of a damaged one that cannot be opened any more. A
 * backup, where there is one, is better.
 *
 * <pre>{@code
 * SalvageReport report = StoreSalvage.run(Path.of("damaged"), Path.of("salvaged"));
 * }</pre>
 */
public final class StoreSalvage {

    private StoreSalvage() {}

    /** {@link #run(Path, Path, StoreOptions, OperationMonitor)} with default options that nobody watches. */
    public static SalvageReport run(Path damaged, Path target) {
        return run(damaged, target, StoreOptions.defaults(), OperationMonitor.none());
    }

    /**
     * Salvages a store. The new one is made beside the target and put in its place when it is complete. It has the newest
     * version of each key that can be read, with revisions, collections and indexes, and an id of its own.
     *
     * @param damaged is only read
     * @param target an empty directory, or none yet
     * @param options with the keys of an encrypted store, which is encrypted again, and the size of segments
     * @throws org.storedb.error.StoreLockedException if the damaged store is open
     * @throws org.storedb.error.CorruptStoreException if nothing in the directory can be used
     * @throws org.storedb.error.WrongKeyException if it is encrypted with other keys
     * @throws InvalidBackupException if the target is not empty
     * @throws StoreIoException if the file system refuses
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it; nothing is at the target then
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
     * Salvages a store in a directory of any kind. Until it returns, no store can be opened at the target.
     *
     * @param damaged is only read; held by the caller, who also closes it
     * @param target empty; held by the caller, who also closes it
     * @param options with the keys of an encrypted store, which is encrypted again, and the size of segments
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
        return new StoreIoException("The store in " + damaged + " cannot be salvaged: " + cause.getMessage(), cause);
    }
}
