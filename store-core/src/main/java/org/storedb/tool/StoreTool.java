package org.storedb.tool;

import java.util.List;
import org.storedb.error.StoreException;
import org.storedb.internal.io.Interruption;

/**
 * The command-line tool for those who operate a store, above all one that its application cannot open any more:
 *
 * <pre>{@code
 * java -cp 'lib/*' org.storedb.tool.StoreTool verify /var/lib/orders
 * }</pre>
 *
 * <p>{@code help} lists the commands. Nothing that exists is overwritten. Results go to standard output, one on each
 * line; messages and progress to standard error. The exit status is 0 if all is well, 1 if damage was found or a command
 * failed, and 2 if the command line is wrong.
 */
public final class StoreTool {

    private static final List<Command> COMMANDS = List.of(
            new InfoCommand(),
            new VerifyCommand(),
            new BackupCommand(),
            new BackupsCommand(),
            new VerifyBackupCommand(),
            new RestoreCommand(),
            new SalvageCommand(),
            new ExportCommand(),
            new ImportCommand());

    private final Console console;

    StoreTool(Console console) {
        this.console = console;
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] words) {
        Interruption interruption = Interruption.ofProcess();
        ExitStatus status;
        try {
            status = new StoreTool(Console.ofProcess(interruption)).run(List.of(words));
        } finally {
            interruption.end();
        }
        System.exit(status.code());
    }

    ExitStatus run(List<String> words) {
        ExitStatus status = runOrExplain(words);
        if (status == ExitStatus.OK && console.hasLostResults()) {
            console.message("Error: The results could not be written to standard output");
            return ExitStatus.FAILED;
        }
        return status;
    }

    private ExitStatus runOrExplain(List<String> words) {
        try {
            if (words.isEmpty()) {
                throw ToolException.wrongUsage("There is no command");
            }
            List<String> rest = words.subList(1, words.size());
            return Help.isHelp(words.get(0)) ? help(rest) : run(command(words.get(0)), rest);
        } catch (ToolException e) {
            console.message("Error: " + e.getMessage());
            if (e.status() == ExitStatus.WRONG_USAGE) {
                console.message("'help' lists the commands, 'help COMMAND' describes one");
            }
            return e.status();
        }
    }

    private ExitStatus run(Command command, List<String> words) {
        if (words.stream().anyMatch(Help::isOption)) {
            return help(List.of(command.usage().name()));
        }
        Arguments arguments = Arguments.parse(command.usage(), words);
        try {
            return command.run(arguments, console);
        } catch (StoreException e) {
            console.message("Error: " + e.getMessage());
            String advice = Advice.on(e, command.usage());
            if (advice != null) {
                console.message(advice);
            }
            return ExitStatus.FAILED;
        }
    }

    private ExitStatus help(List<String> names) {
        console.page(
                names.isEmpty()
                        ? Help.overview(COMMANDS)
                        : command(names.get(0)).usage().help());
        return ExitStatus.OK;
    }

    private static Command command(String name) {
        return COMMANDS.stream()
                .filter(command -> command.usage().name().equals(name))
                .findFirst()
                .orElseThrow(() -> ToolException.wrongUsage("There is no command '" + name + "'"));
    }
}
