package org.storedb.spring.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Spring examples in docs/SEARCH.md are compiled and run by a test. */
class SearchExampleTests {

    private static final Path GUIDE = Path.of("../docs/SEARCH.md");
    private static final Path TEST = Path.of("src/test/java/org/storedb/spring/data/search/EntityTextSearchTests.java");
    private static final Pattern EXAMPLE = Pattern.compile("```java spring\\n(.*?)\\n```", Pattern.DOTALL);

    @Test
    void examplesStandInATest() throws IOException {
        String test = withoutBlanks(Files.readString(TEST));
        List<String> examples = EXAMPLE.matcher(Files.readString(GUIDE))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            for (String part : example.split("\n\n", -1)) {
                assertThat(test.contains(withoutBlanks(part))).as(part).isTrue();
            }
        }
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }
}
