package org.storedb.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A few rules about the text of the sources; each message names the better choice. */
class TidyTests {

    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final Path CONSOLE = SOURCES.resolve(Path.of("org", "storedb", "tool", "Console.java"));

    private static final int LINES_MAX = 500;

    @Test
    void sourcesHaveNoLeftovers() throws IOException {
        assertThat(linesMatching("\\b(FIXME|XXX|HACK)\\b"))
                .as("finish it, or open an issue")
                .isEmpty();
        assertThat(linesMatching("\\.printStackTrace\\("))
                .as("use System.Logger, or throw")
                .isEmpty();
        assertThat(linesMatching("System\\.(out|err)\\b"))
                .as("use System.Logger; only the console of the tool prints")
                .allMatch(line -> line.startsWith(CONSOLE.toString()));
        assertThat(linesMatching("@author\\b")).as("git knows").isEmpty();
    }

    @Test
    void filesStayReadable() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LINES_MAX) {
                tooLong.add(file + ": " + lines);
            }
        }
        assertThat(tooLong).as("look for the noun that hides in it").isEmpty();
    }

    @Test
    void packagesAreDescribed() throws IOException {
        List<Path> missing = sources().stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !folder.equals(SOURCES) && !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertThat(missing).as("say in package-info.java what belongs there").isEmpty();
    }

    private static List<String> linesMatching(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
