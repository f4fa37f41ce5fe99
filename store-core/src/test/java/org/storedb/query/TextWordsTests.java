package org.storedb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storedb.query.TextWords.Wanted;

class TextWordsTests {

    @Test
    void wordsAreLettersDigitsAndMarksBehindThem() {
        assertThat(words("The Old-Harbour, 2nd (est. 1804)"))
                .containsExactly("the", "old", "harbour", "2nd", "est", "1804");
        assertThat(words("it's snake_case wi-fi a.b@c"))
                .containsExactly("it", "s", "snake", "case", "wi", "fi", "a", "b", "c");
        assertThat(words("Ünal ÅNGSTRÖM café")).containsExactly("ünal", "ångström", "café");
        assertThat(words("e\u0301te\u0301")).containsExactly("e\u0301te\u0301");
        assertThat(words("東京 タワー ١٢")).containsExactly("東京", "タワー", "١٢");
        assertThat(words("\ud835\udc00\ud835\udc01 \ud83d\ude00x")).containsExactly("\ud835\udc00\ud835\udc01", "x");
    }

    @Test
    void whatHasNoLetterAndNoDigitHasNoWords() {
        assertThat(words("")).isEmpty();
        assertThat(words(" … * – \n")).isEmpty();
        assertThat(words("\u2764\ufe0f \u0301")).isEmpty(); // A heart with a mark that asks for colours; a mark alone.
        assertThat(words("\ud83d x \ude00")).containsExactly("x"); // Halves of characters.
    }

    @Test
    void lettersAreInLowerCaseWhateverStandsAroundThem() {
        assertThat(words("ΟΔΟΣ ΟΔΟΣΑ οδος")).containsExactly("οδοσ", "οδοσα", "οδοσ");
        assertThat(words("İstanbul ISTANBUL")).containsExactly("i\u0307stanbul", "istanbul");
        assertThat(words("STRASSE Straße")).containsExactly("strasse", "straße");
    }

    @Test
    void onlyTheFirstCharactersOfLongWordsCount() {
        assertThat(words("x".repeat(10_000) + " y")).containsExactly("x".repeat(64), "y");
        assertThat(words("\ud835\udc00".repeat(100))).containsExactly("\ud835\udc00".repeat(64));
        assertThat(words("x" + "\ud835\udc00".repeat(100))).containsExactly("x" + "\ud835\udc00".repeat(63));
        assertThat(words("İ".repeat(64))).containsExactly("i\u0307".repeat(32));
        assertThat(words("i\u0307".repeat(64))).containsExactly("i\u0307".repeat(32));
    }

    @Test
    void aWordIsTheSameWhenItIsReadAgain() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            List<String> words = words(Character.toString(codePoint));
            assertThat(words.size()).isEqualTo(Character.isLetterOrDigit(codePoint) ? 1 : 0);
            if (!words.isEmpty()) {
                assertThat(words(words.get(0))).isEqualTo(words);
            }
        }
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            String text = IntStream.range(0, 1 + random.nextInt(90))
                    .map(at -> random.nextInt(8) == 0 ? random.nextInt(0x110000) : random.nextInt(0x600))
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            for (String word : words(text)) {
                assertThat(words(word)).as(text).containsExactly(word);
            }
        }
    }

    @Test
    void theBeginningOfAWordBeginsTheWholeWord() {
        Random random = new Random(8);
        String alphabet = "aΣσςİIıẞß\u0301ǅ1";
        for (int round = 0; round < 20_000; round++) {
            String word = "a"
                    + IntStream.range(0, random.nextInt(90))
                            .mapToObj(at -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                            .collect(Collectors.joining());
            String beginning = word.substring(0, 1 + random.nextInt(word.length()));
            Wanted wanted = TextWords.wanted(beginning + "*").get(0);
            assertThat(wanted.prefix()).isTrue();
            assertThat(wanted.matches(words(word).get(0)))
                    .as("%s*, %s", beginning, word)
                    .isTrue();
        }
    }

    @Test
    void aStarRightBehindAWordMeansItsBeginning() {
        assertThat(TextWords.wanted("Old harb* old, har*bour *x y *"))
                .containsExactly(
                        new Wanted("old", false),
                        new Wanted("harb", true),
                        new Wanted("har", true),
                        new Wanted("bour", false),
                        new Wanted("x", false),
                        new Wanted("y", false));
        assertThat(TextWords.wanted("a* a")).hasToString("[a*, a]");
    }

    @Test
    void conditionsHaveAWordAndNotTooMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.text("name", " * – ❤️"))
                .withMessage("A condition on words needs at least one word, which begins with a letter or a digit");
        String hundred = IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        assertThat(new Filter.Text("name", hundred + " 5 7").wanted()).hasSize(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.text("name", hundred + " 100"))
                .withMessage("A condition may have at most 100 different words, not 101");
    }

    private static List<String> words(String text) {
        List<String> found = new ArrayList<>();
        for (TextWords words = new TextWords(text); words.next(); ) {
            found.add(words.word());
        }
        return found;
    }
}
