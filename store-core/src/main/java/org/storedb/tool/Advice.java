package org.storedb.tool;

import java.nio.file.DirectoryNotEmptyException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreLockedException;
import org.storedb.error.WrongKeyException;

/** What an operator can do about a failure, whose own message speaks to programmers. */
final class Advice {

    static final String ON_DAMAGE =
            "Keep a copy of the directory. 'restore' creates a store from a backup; if there is none, 'salvage' creates"
                    + " one from what can still be read";

    private Advice() {}

    /** Returns a sentence about the failure of a command, or {@code null} if the failure's message says it all. */
    static @Nullable String on(StoreException failure, Usage command) {
        if (failure instanceof CorruptStoreException && !command.name().equals("salvage")) {
            return ON_DAMAGE;
        }
        if (failure instanceof StoreLockedException && command.options().contains(Option.OPEN_TIMEOUT)) {
            return "While an application runs, use its actuator endpoints 'storeverification' and 'storebackup', or wait"
                    + " for its end with " + Option.OPEN_TIMEOUT.form() + "; 'info' and 'export' work meanwhile";
        }
        if (failure instanceof WrongKeyException) {
            return "Set the variable " + Keys.VARIABLE + " to ID=KEY, or give " + Option.KEYS.form()
                    + ", as 'help' describes; for a store that is not encrypted, or not yet everywhere, see "
                    + Option.ENCRYPT_EXISTING.label();
        }
        if (failure instanceof InvalidBackupException
                && command.options().contains(Option.NUMBER)
                && !(failure.getCause() instanceof DirectoryNotEmptyException)) {
            return "'backups' lists the complete backups, and " + Option.NUMBER.form() + " chooses one of them";
        }
        if (failure instanceof MissingLibraryException) {
            return "Run this tool with the class path of the application, or out of its jar, as 'help' describes";
        }
        return null;
    }
}
