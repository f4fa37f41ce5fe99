package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.error.InvalidQueryException;

class RegexProgramTests {

    private static final int EXPRESSIONS = 20_000;
    private static final String ALPHABET = "abAB_1 äÄ😀\n";

    private Random random = new Random(0);

    @Test
    void whatIsFoundIsWhatJavaFinds() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        random = new Random(seed);
        int found = 0;
        int exploding = 0;
        for (int number = 0; number < EXPRESSIONS; number++) {
            String regex = choice(3);
            boolean ignoreCase = random.nextBoolean();
            Pattern java = Pattern.compile(
                    regex.replace("$", "\\z"), ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
            RegexProgram program = RegexProgram.compile(regex, ignoreCase);
            for (int count = 0; count < 5; count++) {
                String text = text();
                Boolean expected = find(java, text);
                if (expected == null) {
                    exploding++;
                    continue;
                }
                if (program.isFoundIn(text) != expected) {
                    fail("seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it): " + regex
                            + (ignoreCase ? ", ignoring case," : "") + " should " + (expected ? "" : "not ")
                            + "be found in '" + text + "'");
                }
                found += expected ? 1 : 0;
            }
        }
        assertThat(found).isBetween(EXPRESSIONS / 10, EXPRESSIONS * 5 * 9 / 10);
        assertThat(exploding).isLessThan(EXPRESSIONS / 100);
    }

    /** Returns whether Java finds an expression; {@code null} if it takes too long, perhaps exponential time. */
    private static @Nullable Boolean find(Pattern java, String text) {
        try {
            return java.matcher(new PatientText(text)).find();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    @Test
    void classesAreThoseOfJava() {
        assertThat(RegexProgram.compile("^[\\p{IsGreek}&&[^α]]+$", false).isFoundIn("βγ"))
                .isTrue();
        assertThat(RegexProgram.compile("^[\\p{IsGreek}&&[^α]]+$", false).isFoundIn("βα"))
                .isFalse();
        assertThat(RegexProgram.compile("\\x{1F600}\\x41", false).isFoundIn("x😀A"))
                .isTrue();
        assertThat(RegexProgram.compile("^\\d{3}-\\d{4}$", false).isFoundIn("555-1234"))
                .isTrue();
        assertThat(RegexProgram.compile("\\bcat\\b", false).isFoundIn("the cat."))
                .isTrue();
        assertThat(RegexProgram.compile("\\bcat\\b", false).isFoundIn("concat")).isFalse();
        assertThat(RegexProgram.compile("(?<year>\\d+)(?:-)", false).isFoundIn("2026-"))
                .isTrue();
        assertThat(RegexProgram.compile("straße", true).isFoundIn("STRAßE")).isTrue();
    }

    @Test
    @Timeout(30)
    void expressionsThatExplodeElsewhereTakeLinearTime() {
        String text = "a".repeat(20_000) + "!";
        for (String regex :
                List.of("^(a+)+$", "^(a|aa)+$", "^(a*)*b", "^(a|a?)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$")) {
            long start = System.nanoTime();
            assertThat(RegexProgram.compile(regex, false).isFoundIn(text)).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(regex).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void whatCannotBeFoundInLinearTimeIsRefused() {
        assertRefused("(a)\\1", "character 4: \\1 has no meaning here; back references are not supported");
        assertRefused("a(?=b)", "character 2: only the groups (…), (?:…) and (?<name>…) are supported");
        assertRefused("(?<!a)b", "character 1: only the groups (…)");
        assertRefused("(?i)a", "character 1: only the groups (…)");
        assertRefused("a*+b", "character 2: possessive quantifiers are not supported");
    }

    @Test
    void mistakesArePointedAt() {
        assertRefused("a(b", "character 2: this group has no closing parenthesis");
        assertRefused("ab)", "character 3: this parenthesis closes no group");
        assertRefused("[ab", "character 1: this class has no closing bracket");
        assertRefused("x[b-a]", "character 2: \"[b-a]\" is not a character class");
        assertRefused("*a", "character 1: there is nothing to repeat before it");
        assertRefused("a**", "character 3: there is nothing to repeat");
        assertRefused("a{2", "character 2: repetitions are written {2}, {2,} or {2,5}");
        assertRefused("a{3,2}", "character 2: repetitions are written");
        assertRefused("a{1001}", "character 2: at most 1000 repetitions");
        assertRefused("a\\", "character 2: nothing follows the backslash");
        assertRefused("\\y", "character 1: \\y has no meaning here");
        assertRefused("\\p{Nothing}", "is not a character class");
        assertRefused("\\x", "is not a character class");
        assertRefused("[\\Qa]\\E]", "\\Q has no meaning in a class");
    }

    @Test
    @Timeout(10)
    void sizeAndDepthHaveLimits() {
        assertRefused("((a{100}){100}){100}", "too many parts and repetitions; it may have at most 5000 steps");
        assertRefused("(".repeat(101), "groups are nested deeper than 100 levels");
        assertRefused("a".repeat(10_001), "at most 10000 characters");
        assertThat(RegexProgram.compile("((((()*){1000}){1000}){1000}){1000}", false)
                        .isFoundIn(""))
                .isTrue();
        assertRefused("(((()?|){1000}){1000}){1000}", "too many parts");
    }

    private String choice(int depth) {
        StringBuilder regex = new StringBuilder(sequence(depth));
        while (random.nextInt(4) == 0) {
            regex.append('|').append(sequence(depth));
        }
        return regex.toString();
    }

    private String sequence(int depth) {
        StringBuilder regex = new StringBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            String single = single(depth);
            regex.append(single).append(quantifierOf(single));
        }
        return regex.toString();
    }

    /** Java misses matches in which a counted repetition of a group is empty some of the times. */
    private String quantifierOf(String single) {
        String quantifier = quantifier();
        boolean mayBeEmpty = single.startsWith("(") && Pattern.matches(single.replace("$", "\\z"), "");
        return mayBeEmpty && quantifier.startsWith("{") ? "*" : quantifier;
    }

    private String single(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> ".";
            case 1 ->
                List.of("[ab]", "[^aÄ]", "[a-b[1_]]", "\\w", "\\d", "\\s", "\\W", "\\p{L}", "\\P{Lu}")
                        .get(random.nextInt(9));
            case 2 -> random.nextInt(3) == 0 ? "(^)" : "a";
            case 3 -> random.nextInt(3) == 0 ? "($)" : "b";
            case 7 -> "(" + choice(depth - 1) + ")";
            case 8 -> "(?:" + choice(depth - 1) + ")";
            default -> Character.toString(character());
        };
    }

    private String quantifier() {
        return switch (random.nextInt(12)) {
            case 0 -> "*";
            case 1 -> "+";
            case 2 -> "?";
            case 3 -> "{2}";
            case 4 -> "{1,}?";
            case 5 -> "{0,2}";
            case 6 -> "*?";
            default -> "";
        };
    }

    private int character() {
        int[] characters = ALPHABET.codePoints().toArray();
        return characters[random.nextInt(characters.length)];
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(character());
        }
        return text.toString();
    }

    private static void assertRefused(String regex, String message) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> RegexProgram.compile(regex, false))
                .withMessageContaining(message);
    }

    /** A text that can be looked at only so many times. */
    private static final class PatientText implements CharSequence {

        private static final int LOOKS_MAX = 10_000_000;

        private final String text;
        private int looks;

        PatientText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > LOOKS_MAX) {
                throw new IllegalStateException("This was looked at often enough");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
