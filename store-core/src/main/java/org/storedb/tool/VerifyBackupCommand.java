package org.storedb.tool;

import java.util.List;

/** Verifies a backup. */
final class VerifyBackupCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "verify-backup",
                List.of("BACKUPS"),
                List.of(Option.NUMBER),
                "reads a whole backup, as 'restore' does first",
                """
                Nothing is changed, and no keys are needed.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        int number = Backups.chosen(arguments, console);
        Backups.show(Backups.in(arguments).verify(number, console.progress()), console);
        console.result("result", "sound");
        return ExitStatus.OK;
    }
}
