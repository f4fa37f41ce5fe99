package org.storedb.tool;

import java.util.List;
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
        List<BackupReport> reports = Backups.in(arguments).list();
        if (reports.isEmpty()) {
            throw Backups.none(arguments);
        }
        reports.forEach(backup -> Backups.show(backup, console));
        return ExitStatus.OK;
    }
}
