package org.storedb.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.internal.io.Interruption;

/** What may be written on a command line, and what help there is. */
class CommandLineTests {

    private final ToolRun tool = new ToolRun();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "repair data | There is no command 'repair'",
                "verify | 'verify' needs DIR. Usage: verify DIR",
                "backup data | 'backup' needs BACKUPS",
                "verify data more | 'verify' has no use for 'more'",
                "verify data --full | 'verify' has no option --full",
                "verify data -v | 'verify' has no option -v",
                "verify data --key secret | 'verify' has no option --key",
                "verify data --open-timeout | needs a value: --open-timeout TIME",
                "verify data --open-timeout 30 | needs a time such as 500ms, 30s, 5m or 1h",
                "verify data --open-timeout 25h | at most 24h",
                "verify data --open-timeout 1s --open-timeout 2s | only once",
                "backup data backups --full=yes | no value with --full",
                "restore backups data --number latest | needs a number for --number, not 'latest'",
                "info data --encrypt-existing | --encrypt-existing needs keys",
                "help repair | There is no command 'repair'"
            })
    void wrongUsageIsExplained(String line, String message, @TempDir Path folder) {
        Object[] words = List.of(line.split(" ")).stream()
                .map(word -> word.equals("data") ? createStore(folder) : word)
                .toArray();

        assertThat(tool.run(words)).isEqualTo(ExitStatus.WRONG_USAGE);

        assertThat(tool.messages()).startsWith("Error: ").contains(message, "'help' lists the commands");
        assertThat(tool.results()).isEmpty();
    }

    private static Object createStore(Path folder) {
        return ToolStores.create(folder.resolve("data"), ToolStores.OPTIONS);
    }

    @Test
    void unsetVariableOfAScriptIsNotTheWorkingDirectory() {
        assertThat(tool.run("verify", "")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("needs DIR, which is empty");
    }

    @Test
    void namesThatLookLikeOptionsFollowTwoDashes() {
        assertThat(tool.run("verify", "--", "--full")).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("There is no store in").contains("--full");
    }

    @Test
    void callWithoutACommandIsWrong() {
        assertThat(tool.run()).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("There is no command");
    }

    @Test
    void resultsThatCannotBeWrittenAreAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(full, true, UTF_8),
                new PrintStream(messages, true, UTF_8),
                Map.of(),
                System::nanoTime,
                new Interruption());

        assertThat(new StoreTool(console).run(List.of("help"))).isEqualTo(ExitStatus.FAILED);

        assertThat(messages.toString(UTF_8)).startsWith("Error: The results could not be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpListsAllCommands(String word) {
        assertThat(tool.run(word)).isEqualTo(ExitStatus.OK);

        assertThat(tool.results())
                .contains("info DIR ", "verify DIR ", "backup DIR BACKUPS ", "backups BACKUPS ")
                .contains("verify-backup BACKUPS ", "restore BACKUPS DIR ", "salvage DIR TARGET ")
                .contains("export DIR FILE ", "import FILE DIR ", "help COMMAND ")
                .contains(StoreTool.class.getName(), "STOREDB_KEYS");
        assertThat(tool.messages()).isEmpty();
    }

    @Test
    void helpDescribesACommand() {
        assertThat(tool.run("help", "restore")).isEqualTo(ExitStatus.OK);
        assertThat(tool.results())
                .startsWith("Usage: restore BACKUPS DIR [--number N]\n")
                .contains("DIR is a new or empty directory", "  --number N ");
        String page = tool.results();

        assertThat(tool.run("restore", "--help")).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).isEqualTo(page);
    }
}
