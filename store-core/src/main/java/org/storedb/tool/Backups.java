package org.storedb.tool;

import org.storedb.StoreBackup;
import org.storedb.maintenance.BackupReport;

/** What the commands on backups have in common. */
final class Backups {

    private Backups() {}

    /** Returns the number of the backup that was asked for, or of the latest one; warns if another one is damaged. */
    static int chosen(Arguments arguments, Console console) {
        Integer number = arguments.number(Option.NUMBER);
        if (number != null) {
            return number;
        }
        StoreBackup backups = in(arguments);
        int latest = backups.latest().orElseThrow(() -> none(arguments)).number();
        backups.list(damage ->
                console.message("Warning: " + damage.getMessage() + "; backup " + latest + " does not depend on it"));
        return latest;
    }

    /** Returns the exception for a directory that has no complete backup. */
    static ToolException none(Arguments arguments) {
        return ToolException.failed(
                "There is no complete backup in " + arguments.path("BACKUPS").toAbsolutePath());
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
