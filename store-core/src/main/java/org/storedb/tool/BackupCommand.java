package org.storedb.tool;

import java.util.List;
import org.storedb.Store;
import org.storedb.maintenance.BackupMode;

/** Backs up a store that is not in use. */
final class BackupCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "backup",
                List.of("DIR", "BACKUPS"),
                List.of(Option.FULL, Option.KEYS, Option.ENCRYPT_EXISTING, Option.OPEN_TIMEOUT),
                "adds a backup of a store to a directory of backups",
                """
                BACKUPS is a new or empty directory, or one with backups of this store only, of which the latest
                one is continued. An encrypted store is copied encrypted. While the application runs, use its
                actuator endpoint 'storebackup' instead.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        BackupMode mode = arguments.has(Option.FULL) ? BackupMode.FULL : BackupMode.INCREMENTAL;
        try (Store store = StoreOpener.open(arguments.path("DIR"), arguments, console)) {
            Backups.show(store.backup(arguments.path("BACKUPS"), mode, console.progress()), console);
        }
        return ExitStatus.OK;
    }
}
