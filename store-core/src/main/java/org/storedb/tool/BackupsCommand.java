package org.storedb.tool;

import java.util.List;

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
        Backups.all(arguments).forEach(backup -> Backups.show(backup, console));
        return ExitStatus.OK;
    }
}
