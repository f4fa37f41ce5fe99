package org.storedb.tool;

import java.util.List;
import java.util.stream.Collectors;

/** The page about all commands. */
final class Help {

    private Help() {}

    /** Returns whether this is what people type to get help, in place of a command. */
    static boolean isHelp(String word) {
        return word.equals("help") || isOption(word);
    }

    /** Returns whether this is what people type to get help about a command. */
    static boolean isOption(String word) {
        return word.equals("--help") || word.equals("-h");
    }

    static String overview(List<Command> commands) {
        return """
                Verifies, backs up, restores, salvages and exports the store in a directory.

                Commands:
                %s  %-24s describes a command

                'info' and 'export' only read, and work while an application has the store open. All others that
                take the directory of a store need it for themselves: stop the application first. Use the jars of
                the application, as its user, and with its heap size (-Xmx):

                  java -cp 'lib/*' org.storedb.tool.StoreTool COMMAND ...
                  java -Dloader.main=org.storedb.tool.StoreTool -cp app.jar \\
                      org.springframework.boot.loader.launch.PropertiesLauncher COMMAND ...

                Nothing that exists is overwritten. Results go to standard output, one on each line, messages and
                progress to standard error. The exit status is 0 if all is well, 1 if damage was found or the
                command failed, and 2 if the command line is wrong.

                The keys of an encrypted store are in the variable %s, or in the file of --keys: ID=KEY, where
                KEY is 32 bytes in Base64 and ID= may be left out for the id 'default'. Former keys follow, after
                spaces, commas or line breaks.
                """.formatted(
                        commands.stream().map(Command::usage).map(Help::line).collect(Collectors.joining()),
                        "help COMMAND",
                        Keys.VARIABLE);
    }

    private static String line(Usage usage) {
        return String.format("  %-24s %s\n", usage.call(), usage.summary());
    }
}
