package org.storedb.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.error.QuerySyntaxException;
import org.storedb.search.query.TextQuery.All;
import org.storedb.search.query.TextQuery.Any;

class TextQueryParserTests {

    private static final TextQuery OLD = TextQuery.words("old");
    private static final TextQuery TOWN = TextQuery.words("town");

    @Test
    void everyFormMeansWhatTheMethodsMake() {
        assertThat(TextQuery.parse(" old ")).isEqualTo(OLD);
        assertThat(TextQuery.parse("old town")).isEqualTo(OLD.and(TOWN));
        assertThat(TextQuery.parse("old AND town")).isEqualTo(OLD.and(TOWN));
        assertThat(TextQuery.parse("old OR town")).isEqualTo(OLD.or(TOWN));
        assertThat(TextQuery.parse("NOT old")).isEqualTo(TextQuery.not(OLD));
        assertThat(TextQuery.parse("-old")).isEqualTo(TextQuery.not(OLD));
        assertThat(TextQuery.parse("\"old town\"")).isEqualTo(TextQuery.phrase("old town"));
        assertThat(TextQuery.parse("\"old town\"~3")).isEqualTo(TextQuery.phrase("old town", 3));
        assertThat(TextQuery.parse("old*")).isEqualTo(TextQuery.prefix("old"));
        assertThat(TextQuery.parse("old~")).isEqualTo(TextQuery.fuzzy("old", 1));
        assertThat(TextQuery.parse("harbour~")).isEqualTo(TextQuery.fuzzy("harbour", 2));
        assertThat(TextQuery.parse("old~2")).isEqualTo(TextQuery.fuzzy("old", 2));
        assertThat(TextQuery.parse("*")).isEqualTo(TextQuery.everything());
        assertThat(TextQuery.parse("name:*")).isEqualTo(TextQuery.everything().in("name"));
        assertThat(TextQuery.parse("old^2.5")).isEqualTo(OLD.boostedBy(2.5));
        assertThat(TextQuery.parse("name:old")).isEqualTo(OLD.in("name"));
        assertThat(TextQuery.parse("a.b:old*"))
                .isEqualTo(TextQuery.prefix("old").in("a.b"));
    }

    @Test
    void andBindsTighterThanOr() {
        TextQuery a = TextQuery.words("a");
        TextQuery b = TextQuery.words("b");
        TextQuery c = TextQuery.words("c");
        assertThat(TextQuery.parse("a b OR c")).isEqualTo(new Any(List.of(new All(List.of(a, b)), c)));
        assertThat(TextQuery.parse("a (b OR c)")).isEqualTo(a.and(b.or(c)));
        assertThat(TextQuery.parse("a -(b c)^2"))
                .isEqualTo(a.and(TextQuery.not(b.and(c).boostedBy(2))));
        assertThat(TextQuery.parse("name:(a OR title:b)"))
                .isEqualTo(a.in("name").or(b.in("title")));
    }

    @Test
    void characterAreTakenLiterallyBehindABackslash() {
        assertThat(TextQuery.parse("a\\:b")).isEqualTo(TextQuery.words("a:b"));
        assertThat(TextQuery.parse("\\-a")).isEqualTo(TextQuery.words("-a"));
        assertThat(TextQuery.parse("\\AND")).isEqualTo(TextQuery.words("AND"));
        assertThat(TextQuery.parse("\"a \\\" b\"")).isEqualTo(TextQuery.phrase("a \" b"));
        assertThat(TextQuery.parse("wi-fi")).isEqualTo(TextQuery.words("wi-fi"));
        assertThat(TextQuery.parse("ANDROID ORLY NOTE"))
                .isEqualTo(
                        new All(List.of(TextQuery.words("ANDROID"), TextQuery.words("ORLY"), TextQuery.words("NOTE"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "old ( town     | 4  | is never closed",
                "old) town      | 3  | has no opening parenthesis",
                "old \"town     | 4  | quotation mark is never closed",
                "old AND        | 7  | a search term is missing",
                "AND old        | 0  | there is nothing for AND to join",
                "a OR OR b      | 5  | there is nothing for OR to join",
                "old ()         | 5  | nothing between the parentheses",
                "name: old      | 5  | the search term for \"name\" is missing",
                "name:          | 5  | the search term for \"name\" is missing",
                "old^           | 4  | a number is expected",
                "old^x          | 4  | a number is expected",
                "old^0          | 4  | A boost must be above 0",
                "old~3          | 0  | 0 to 2 edits",
                "\"a b\"~1.5    | 6  | a whole number is expected",
                "old*town       | 4  | a word ends after",
                "^2             | 0  | a word is expected",
                "a - b          | 3  | a search term is missing",
                "a \\           | 2  | a character is missing",
            })
    void whatCannotBeReadIsNamedWithItsPlace(String text, int offset, String problem) {
        assertThatExceptionOfType(QuerySyntaxException.class)
                .isThrownBy(() -> TextQuery.parse(text))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset))
                .satisfies(e -> assertThat(e.column()).isEqualTo(offset + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void nothingIsNoQuery(String text) {
        assertThatExceptionOfType(QuerySyntaxException.class)
                .isThrownBy(() -> TextQuery.parse(text))
                .withMessageContaining("a search term is missing");
    }

    @Test
    void theMessagePointsAtTheLine() {
        assertThatExceptionOfType(QuerySyntaxException.class)
                .isThrownBy(() -> TextQuery.parse("old\n town )"))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .satisfies(e -> assertThat(e.column()).isEqualTo(7))
                .withMessageEndingWith("(line 2, column 7)\n town )\n      ^");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatExceptionOfType(QuerySyntaxException.class)
                .isThrownBy(() -> TextQuery.parse("(".repeat(5_000) + "a" + ")".repeat(5_000)))
                .withMessageContaining("nested deeper");
        assertThatExceptionOfType(QuerySyntaxException.class)
                .isThrownBy(() -> TextQuery.parse("a:".repeat(20_000) + "b"))
                .withMessageContaining("nested deeper");
    }

    @Test
    void whateverIsTypedIsReadOrRefused() {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "ab \"()^~*\\:-.1\nANDORT";
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                TextQuery.parse(text.toString());
                read++;
            } catch (QuerySyntaxException e) {
                assertThat(e.offset()).isBetween(0, text.length());
            }
        }
        assertThat(read).isBetween(1_000, 49_000);
    }
}
