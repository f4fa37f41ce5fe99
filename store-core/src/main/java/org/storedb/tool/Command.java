package org.storedb.tool;

/** A command of the tool. Has no state. */
sealed interface Command
        permits BackupCommand,
                BackupsCommand,
                ExportCommand,
                ImportCommand,
                InfoCommand,
                RestoreCommand,
                SalvageCommand,
                VerifyBackupCommand,
                VerifyCommand {

    Usage usage();

    /**
     * Runs the command.
     *
     * @throws ToolException if it cannot do what was asked
     * @throws org.storedb.error.StoreException if the store or the backup refuses it
     */
    ExitStatus run(Arguments arguments, Console console);
}
