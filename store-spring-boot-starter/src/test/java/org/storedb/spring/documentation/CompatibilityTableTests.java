package org.storedb.spring.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test named in the compatibility table exists, and each row that promises something names one. */
class CompatibilityTableTests {

    private static final Path TABLE = Path.of("../docs/SPRING-DATA.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../store-spring-boot-starter-test/src/test/java"),
            Path.of("../store-spring-boot-web-tests/src/test/java"),
            Path.of("../store-spring-boot-kotlin-tests/src/test/kotlin"),
            Path.of("../sample-app/src/test/java"));
    private static final Pattern SOURCE = Pattern.compile("Tests\\.(java|kt)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)#(\\w+)`");

    @Test
    void testsOfTheTableAreThere() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        Matcher test = TEST.matcher(Files.readString(TABLE));
        int named = 0;
        while (test.find()) {
            named++;
            String source = sources.getOrDefault(test.group(1), "");
            String name = test.group(2) + "()";
            if (!source.contains("@Test\n    void " + name) && !source.contains("@Test\n    fun " + name)) {
                missing.add(test.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void rowsThatPromiseSomethingNameATest() throws IOException {
        List<String> unproven = new ArrayList<>();
        int rows = 0;
        boolean ofFeatures = false;
        for (String line : Files.readAllLines(TABLE)) {
            ofFeatures = line.startsWith("| Feature") || (ofFeatures && !line.isBlank());
            boolean isRow = ofFeatures && !line.startsWith("| Feature") && !line.startsWith("|---");
            if (isRow && !line.split("\\|", -1)[2].trim().startsWith("no")) {
                rows++;
                if (!TEST.matcher(line).find()) {
                    unproven.add(line);
                }
            }
        }
        assertThat(rows).isGreaterThan(80);
        assertThat(unproven).isEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(
                                path -> SOURCE.matcher(path.toString()).find())
                        .toList()) {
                    String name = file.getFileName().toString();
                    sources.merge(name.substring(0, name.indexOf('.')), Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
