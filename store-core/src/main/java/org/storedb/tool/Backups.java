package org.storedb.tool;

import java.util.List;
import org.storedb.StoreBackup;
import org.storedb.maintenance.BackupReport;

/** What the commands on backups have in common. */
final class Backups {

    private Backups() {}

    /**
     * Returns all complete backups in a directory, oldest first.
     *
     * @throws ToolException if there is none
     */
    static List<BackupReport> all(Arguments arguments) {
        List<BackupReport> reports = in(arguments).list();
        if (reports.isEmpty()) {
            throw ToolException.failed("There is no complete backup in "
                    + arguments.path("BACKUPS").toAbsolutePath());
        }
        return reports;
    }

    /** Returns the number of the backup that was asked for, or of the latest one. */
    static int chosen(Arguments arguments) {
        Integer number = arguments.number(Option.NUMBER);
        if (number != null) {
            return number;
        }
        List<BackupReport> all = all(arguments);
        return all.get(all.size() - 1).number();
    }

    static StoreBackup in(Arguments arguments) {
        return StoreBackup.in(arguments.path("BACKUPS"));
    }

    static void show(BackupReport report, Console console) {
        console.result(
                "backup " + report.number(),
                "taken at " + report.takenAt() + ", commit " + report.sequence() + ", " + report.segments()
                        + " segments, " + report.bytes() + " bytes, " + report.bytesCopied()
                        + " of them not in an earlier one");
    }
}
