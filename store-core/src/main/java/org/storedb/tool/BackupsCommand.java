package org.storedb.tool;

import java.util.ArrayList;
import java.util.List;
import org.storedb.error.InvalidBackupException;
import org.storedb.maintenance.BackupReport;

/** Lists backups. */
final class BackupsCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage("backups", List.of("BACKUPS"), List.of(), "lists the complete backups in a directory", """
                The oldest one is the first. What is in them is not read: 'verify-backup' does that.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        List<InvalidBackupException> damages = new ArrayList<>();
        List<BackupReport> reports = Backups.in(arguments).list(damages::add);
        if (reports.isEmpty() && damages.isEmpty()) {
            throw Backups.none(arguments);
        }
        reports.forEach(backup -> Backups.show(backup, console));
        damages.forEach(damage -> console.message(damage.getMessage()));
        return damages.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
