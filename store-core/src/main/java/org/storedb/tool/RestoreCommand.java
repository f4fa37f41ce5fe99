package org.storedb.tool;

import java.nio.file.Path;
import java.util.List;
import org.storedb.maintenance.RestoreReport;

/** Creates a store from a backup. */
final class RestoreCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "restore", List.of("BACKUPS", "DIR"), List.of(Option.NUMBER), "creates a store from a backup", """
                DIR is a new or empty directory: move a damaged store away first, and keep it. The backup is
                verified before anything is written, and DIR gets the whole store or nothing. No keys are needed.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        Path target = arguments.path("DIR");
        int number = Backups.chosen(arguments, console);
        RestoreReport report = Backups.in(arguments).restore(number, target, console.progress());
        Backups.show(report.backup(), console);
        console.result("restored-to", target.toAbsolutePath());
        return ExitStatus.OK;
    }
}
