package org.storedb.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.storedb.Access;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.EncryptionKeys;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.io.UserFiles;
import org.storedb.maintenance.ScrubPolicy;

/** Opens stores for commands. A store is never created, and nothing is done to it in the background. */
final class StoreOpener {

    private StoreOpener() {}

    /** Opens a store for reading only, which other processes do not notice. */
    static Store openForReading(Path directory, Arguments arguments, Console console) {
        requireStore(directory);
        return Store.open(directory, options(arguments, console).withAccess(Access.READ_ONLY));
    }

    /** Opens a store as its application does, which no other process may have open. */
    static Store open(Path directory, Arguments arguments, Console console) {
        requireStore(directory);
        return Store.open(directory, options(arguments, console).withOpenTimeout(arguments.time(Option.OPEN_TIMEOUT)));
    }

    /** Returns options for the store of any application, whatever its limits are. */
    static StoreOptions options(Arguments arguments, Console console) {
        StoreOptions options = StoreOptions.defaults()
                .withKeyBytesMax(65_535)
                .withValueBytesMax(512 << 20)
                .withCompaction(CompactionPolicy.manual())
                .withCheckpoints(CheckpointPolicy.none())
                .withScrub(ScrubPolicy.off())
                .withExpiryGrace(Duration.ofDays(365))
                .withOpenListener(console.progress());
        EncryptionKeys keys = Keys.read(arguments, console);
        return keys == null ? options : options.withEncryption(keys);
    }

    /** Opening any other directory for writing would create a store in it. */
    private static void requireStore(Path directory) {
        List<String> names;
        try {
            names = UserFiles.names(directory);
        } catch (IOException e) {
            throw noStore(directory, StorageErrors.reason(e));
        }
        if (names.stream().noneMatch(StoreOpener::isOfStore)) {
            boolean backups = names.stream().anyMatch(name -> name.startsWith("backup-"));
            throw noStore(
                    directory,
                    backups
                            ? "it has backups; 'verify-backup' reads one, 'restore' creates a store from it"
                            : "it has no file 'manifest' and no segments");
        }
    }

    private static boolean isOfStore(String name) {
        return name.equals("manifest") || name.equals("store.unfinished") || name.startsWith("segment-");
    }

    private static ToolException noStore(Path directory, String reason) {
        return ToolException.failed("There is no store in " + directory.toAbsolutePath() + ": " + reason);
    }
}
