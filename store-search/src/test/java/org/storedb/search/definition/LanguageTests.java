package org.storedb.search.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTests {

    private static List<String> words(TextAnalyzer analyzer, String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (Analyzer opened = analyzer.open();
                TokenStream stream = opened.tokenStream("text", text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        }
        return words;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyLanguageMakesWords(Language language) throws IOException {
        assertThat(words(TextAnalyzer.language(language), "Zorbulon 東京 Москва")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH, the harbours, harbour",
        "GERMAN, die Häuser, haus",
        "FRENCH, les maisons, maison",
        "SPANISH, las casas, cas",
        "RUSSIAN, и книги, книг",
        "SWEDISH, och husen, hus",
        "PORTUGUESE, das casas, casa",
        "TURKISH, evler, ev",
    })
    void wordsAreReducedToStems(Language language, String text, String stem) throws IOException {
        assertThat(words(TextAnalyzer.language(language), text)).containsExactly(stem);
    }

    @Test
    void charactersOfEasternAsiaArePaired() throws IOException {
        assertThat(words(TextAnalyzer.language(Language.CJK), "東京都")).containsExactly("東京", "京都");
    }

    @Test
    void wordsAreDividedAsUnicodeSays() throws IOException {
        String text = "Die Häuser, wi-fi STRASSE Straße 3.14";
        assertThat(words(TextAnalyzer.words(), text))
                .containsExactly("die", "häuser", "wi", "fi", "strasse", "straße", "3.14");
        assertThat(words(TextAnalyzer.wordsWithoutAccents(), text))
                .containsExactly("die", "hauser", "wi", "fi", "strasse", "strasse", "3.14");
        assertThat(words(TextAnalyzer.wholeString(), "Die Häuser, wi-fi")).containsExactly("die häuser, wi-fi");
    }

    @Test
    void definitionsAreChecked() {
        TextIndexDefinition books = TextIndexDefinition.of("books").field("title", TextAnalyzer.words());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> books.field("title", TextAnalyzer.wholeString()))
                .withMessageContaining("each field only once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> books.field("a..b", TextAnalyzer.words()))
                .withMessageContaining("a..b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> books.field("text", TextAnalyzer.words(), 0))
                .withMessageContaining("boost");
        assertThatIllegalArgumentException().isThrownBy(() -> books.field("text", TextAnalyzer.words(), Float.NaN));
    }
}
